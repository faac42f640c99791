/** Directors without a VIP balance nothing: what the master sends to one of them, it answers. */

import { readFileSync } from "node:fs";
import { holdersOf } from "../../guest/director-state.ts";
import type { Lab } from "../../guest/lab.ts";
import type { Machine } from "../../guest/machine.ts";

/** What the directors have balanced so far, by their names. */
type Balanced = ReadonlyMap<string, number>;

export function balancedSoFar(lab: Lab): Balanced {
  return new Map(lab.directors.map(({ machine }) => [machine.name, packetsOf(machine)]));
}

/** @param before requests that are judged were sent after it was taken */
export async function reportBalancedOnce(lab: Lab, before: Balanced): Promise<void> {
  const masters = new Set<Machine>();
  for (const service of lab.spec.services)
    for (const holder of await holdersOf(lab, service)) masters.add(holder);
  for (const { machine } of lab.directors) {
    if (masters.has(machine)) continue;
    const packets = packetsOf(machine) - (before.get(machine.name) ?? 0);
    lab.check(
      machine.name,
      "a director without the VIP balances nothing",
      packets === 0,
      `${packets} packets`,
    );
  }
}

/** Incoming packets that IPVS has handled: the second number of the third line, in hexadecimal. */
function packetsOf({ namespace }: Machine): number {
  const [, , line = ""] = readFileSync(`/proc/${namespace.agent.pid}/net/ip_vs_stats`, "utf8").split("\n");
  const [, packets = "0"] = line.trim().split(/\s+/);
  return Number.parseInt(packets, 16);
}
