/**
 * A host's state for fault injection, at the price of no process where possible: what differs between the pristine
 * and the converged host is what a script changes, so only that is looked at, again and again.
 */

import { existsSync, readFileSync } from "node:fs";
import type { ScriptRun } from "../guest/machine.ts";
import { LIST_NFT } from "../guest/nft.ts";
import type { Snapshot } from "../guest/snapshot.ts";

/** Kernel tables that can be read from outside the namespace, and how to make two readings of one state equal. */
const TABLES: Readonly<Record<string, (text: string) => string>> = {
  fib_trie: (text) => text,
  if_inet6: sorted,
  // A use count is in the middle.
  ipv6_route: (text) => sorted(text.replace(/ [0-9a-f]{8} [0-9a-f]{8}( [0-9a-f]{8} +\S+)$/gm, "$1")),
  // Counts of live connections stand at the end; services come by hash and age.
  ip_vs: (text) => sortedBlocks(text.replace(/\s+\d+\s+\d+\s*$/gm, "")),
};

/** Sections that only a program can show, and that program. */
const COMMANDS: Readonly<Record<string, string>> = {
  "addresses and routes": "ip rule show; ip route show table all",
  "IPVS thresholds": "ipvsadm -Ln --thresholds",
  "IPVS timeouts": "ipvsadm -L --timeout",
  "IPv6 rules": "ip -6 rule show",
  "tunnel ports": "ip fou show; ip -6 fou show",
  "connection sync": "ipvsadm -L --daemon",
  iptables: "iptables-legacy-save",
  ip6tables: "ip6tables-legacy-save",
  nft: LIST_NFT,
};

/** The kernel lists these in the order they came in. */
const SETS = new Set(["addresses and routes", "IPv6 rules"]);

/** Records, and what keepalived and BIRD are configured with. */
const FOLDERS = ["/run/lvsgen", "/etc/keepalived", "/etc/bird"];

/** Files with the number of a process, which is another each time. */
const NUMBERS = /^(gate\.pid|gate\.stopping): \d+$/gm;

/** Files that tell by being there. */
const MARKS = [
  "/run/lvsgen/keepalived.pending",
  "/run/lvsgen/keepalived.read",
  "/run/keepalived.pid",
  "/run/lvsgen/bird.pending",
  "/run/lvsgen/gate.pending",
  "/run/bird/bird.ctl",
];

/** Names of VIPs that may be announced, and routes of those that are. */
const ALLOWED = "/run/lvsgen/gate";
const ROUTES = "/run/lvsgen-announced.conf";

export class Fingerprint {
  readonly #run: ScriptRun;
  readonly #script: string;

  constructor(run: ScriptRun, pristine: Snapshot, converged: Snapshot) {
    this.#run = run;
    const changed = (section: string): string[] =>
      changedLines(pristine.get(section) ?? [], converged.get(section) ?? []);
    const sysctls = new Set(changed("sysctls").map((line) => line.slice(0, line.indexOf(":"))));
    const reads = [...sysctls].map((path) => `read -r v <${path}; echo "${path} $v"`);
    // Of addresses and routes, only a rule or a route that is no address's shows in no table that is read.
    const tells = (section: string): boolean =>
      changed(section).some((line) => section !== "addresses and routes" || /^\d+:\tfrom|via/.test(line));
    const programs = Object.entries(COMMANDS).flatMap(([section, command]) =>
      tells(section) ? [`echo '=${section}'`, command] : [],
    );
    this.#script = [...reads, ...programs].join("\n");
  }

  async take(): Promise<string> {
    const { namespace } = this.#run.machine;
    const tables = Object.entries(TABLES).map(([table, stable]) =>
      stable(readTable(namespace.agent.pid, table)),
    );
    const { stdout } = this.#script === "" ? { stdout: "" } : await namespace.look(this.#script);
    return [
      ...tables,
      ...stdout.split(/^(?==)/m).map(stable),
      ...FOLDERS.map((folder) => namespace.readTree(folder).replace(NUMBERS, "$1")),
      ...namespace.readFiles(ALLOWED).keys(),
      namespace.readFile(ROUTES),
      ...MARKS.filter((file) => existsSync(namespace.path(file))),
    ].join("\n");
  }
}

function changedLines(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((line) => !after.includes(line)),
    ...after.filter((line) => !before.includes(line)),
  ];
}

/** A section without what changes by itself: dates, and counts of packets. */
function stable(section: string): string {
  const text = section.replace(/^# .*\n/gm, "").replace(/\[\d+:\d+\]/g, "[]");
  return SETS.has(text.slice(1, text.indexOf("\n"))) ? sorted(text) : text;
}

function sorted(text: string): string {
  return text.split("\n").sort().join("\n");
}

/** Lines that are indented belong to the one before. */
function sortedBlocks(text: string): string {
  const blocks = text.split(/^(?=\S)/m).map((block) => {
    const [head = "", ...rest] = block.trimEnd().split("\n");
    return [head, ...rest.sort()].join("\n");
  });
  return blocks.sort().join("\n");
}

function readTable(pid: number, table: string): string {
  try {
    return readFileSync(`/proc/${pid}/net/${table}`, "utf8");
  } catch {
    return "";
  }
}
