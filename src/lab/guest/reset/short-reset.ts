/**
 * Puts a host into a state that was seen before, without the script: a few processes instead of a whole run. Whoever
 * uses it checks that the state was reached: what no step knows of stays different.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { quoteWord } from "../../../base/quote-word.ts";
import type { ExecResult } from "../agent.ts";
import type { Snapshot } from "../snapshot.ts";
import { Difference } from "./difference.ts";
import { firewallTables } from "./firewall-tables.ts";
import { ipvsTable } from "./ipvs-table.ts";
import { addresses, routes, rules, tunnelPorts } from "./network.ts";
import { nftTables } from "./nft-tables.ts";
import { sysctlWrites } from "./sysctl-writes.ts";

interface Step {
  /** Reads its input from the file that is named after it. */
  readonly command: string;
  readonly lines: (difference: Difference) => readonly string[];
}

/** One process each. What is there already, or gone already, is no reason to stop. */
const STEPS: readonly Step[] = [
  { command: ".", lines: sysctlWrites },
  {
    command: "ip -force -batch",
    lines: (difference) => [
      ...rules(difference, "addresses and routes"),
      ...tunnelPorts(difference),
      ...routes(difference, "del", 4),
      ...addresses(difference),
      ...routes(difference, "add", 4),
    ],
  },
  {
    command: "ip -6 -force -batch",
    lines: (difference) => [
      ...rules(difference, "IPv6 rules"),
      ...routes(difference, "del", 6),
      ...routes(difference, "add", 6),
    ],
  },
  { command: "iptables-legacy-restore", lines: (difference) => firewallTables(difference, "iptables") },
  { command: "ip6tables-legacy-restore", lines: (difference) => firewallTables(difference, "ip6tables") },
  { command: "nft -f", lines: nftTables },
  { command: "ipvsadm -R <", lines: ipvsTable },
];

/** The host as far as a reset needs it. */
interface Place {
  readonly name: string;
  readonly namespace: { look(text: string): Promise<ExecResult> };
}

export class ShortReset {
  readonly #place: Place;
  readonly #script: string;

  /** @param to the state to reach; @param from the other one: only what differs is touched */
  constructor(place: Place, work: string, name: string, to: Snapshot, from: Snapshot) {
    this.#place = place;
    const difference = new Difference(to, from);
    this.#script = STEPS.flatMap(({ command, lines }, index) => {
      const input = lines(difference);
      if (input.length === 0) return [];
      const file = join(work, `${place.name}.${name}.${index}`);
      writeFileSync(file, `${input.join("\n")}\n`);
      return [`${command} ${quoteWord(file)} 2>/dev/null`];
    }).join("\n");
  }

  async run(): Promise<void> {
    if (this.#script !== "") await this.#place.namespace.look(this.#script);
  }
}
