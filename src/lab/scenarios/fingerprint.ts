/**
 * A host's state for fault injection, at the price of no process where possible: what differs between the pristine
 * and the converged host is what a script changes, so only that is looked at, again and again.
 */

import { readFileSync } from "node:fs";
import type { ScriptRun } from "../guest/machine.ts";
import type { Snapshot } from "../guest/snapshot.ts";

/** Kernel tables that can be read from outside the namespace. */
const TABLES = ["fib_trie", "if_inet6", "ipv6_route", "ip_vs"];

/** Sections that only a program can show, and that program. */
const COMMANDS: Readonly<Record<string, string>> = {
  "IPVS thresholds": "ipvsadm -Ln --thresholds",
  "IPVS timeouts": "ipvsadm -L --timeout",
  "IPv6 rules": "ip -6 rule show",
  "tunnel ports": "ip fou show; ip -6 fou show",
  "connection sync": "ipvsadm -L --daemon",
  iptables: "iptables-legacy-save | grep -v ^#",
  ip6tables: "ip6tables-legacy-save | grep -v ^#",
};

export class Fingerprint {
  readonly #run: ScriptRun;
  readonly #script: string;

  constructor(run: ScriptRun, pristine: Snapshot, converged: Snapshot) {
    this.#run = run;
    const changed = (section: string): string[] =>
      changedLines(pristine.get(section) ?? [], converged.get(section) ?? []);
    const sysctls = new Set(changed("sysctls").map((line) => line.slice(0, line.indexOf(":"))));
    const reads = [...sysctls].map((path) => `read -r v <${path}; echo "${path} $v"`);
    // A rule or a route that is no address's shows in no table that is read.
    const others = changed("addresses and routes").some((line) => /^\d+:\tfrom|via/.test(line))
      ? ["ip rule show; ip route show table all"]
      : [];
    const programs = Object.entries(COMMANDS).flatMap(([section, command]) =>
      changed(section).length > 0 ? [command] : [],
    );
    this.#script = [...reads, ...others, ...programs].join("\n");
  }

  async take(): Promise<string> {
    const { namespace } = this.#run.machine;
    const tables = TABLES.map((table) => readTable(namespace.agent.pid, table));
    const { stdout } = this.#script === "" ? { stdout: "" } : await namespace.look(this.#script);
    return [...tables, stdout, namespace.readTree("/run/lvsgen")].join("\n");
  }
}

function changedLines(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((line) => !after.includes(line)),
    ...after.filter((line) => !before.includes(line)),
  ];
}

function readTable(pid: number, table: string): string {
  try {
    const text = readFileSync(`/proc/${pid}/net/${table}`, "utf8");
    // IPVS appends counts of live connections, IPv6 routes a use count.
    if (table === "ip_vs") return text.replace(/\s+\d+\s+\d+\s*$/gm, "");
    return table === "ipv6_route"
      ? text.replace(/ [0-9a-f]{8} [0-9a-f]{8}( [0-9a-f]{8} +\S+)$/gm, "$1")
      : text;
  } catch {
    return "";
  }
}
