/**
 * Puts a host into a state that was seen before, without the script: a few processes instead of a whole run. Used only
 * between faults; whoever uses it checks that the state was reached.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { quote } from "./agent.ts";
import type { Machine } from "./machine.ts";
import type { Snapshot } from "./snapshot.ts";

export class FastReset {
  readonly #machine: Machine;
  readonly #script: string;

  /** @param to the state to reach; @param from the other one: only what differs is touched */
  constructor(machine: Machine, work: string, name: string, to: Snapshot, from: Snapshot) {
    this.#machine = machine;
    this.#script = [
      ...sysctlLines(to, from),
      ...addressLines(to, from, join(work, `${machine.name}.${name}`)),
      ...serviceLines(to, from, join(work, `${machine.name}.${name}.ipvs`)),
    ].join("\n");
  }

  async run(): Promise<void> {
    if (this.#script !== "") await this.#machine.namespace.look(this.#script);
  }
}

function only(section: string, one: Snapshot, other: Snapshot): string[] {
  const known = new Set(other.get(section) ?? []);
  return (one.get(section) ?? []).filter((line) => !known.has(line));
}

function sysctlLines(to: Snapshot, from: Snapshot): string[] {
  return only("sysctls", to, from).map((line) => {
    const end = line.indexOf(":");
    return `echo ${quote(line.slice(end + 1))} >${line.slice(0, end)}`;
  });
}

/** Addresses of one state that the other has not; their routes come and go with them. */
function addressLines(to: Snapshot, from: Snapshot, file: string): string[] {
  const commands = [
    ...only("addresses and routes", from, to).flatMap((line) => addressCommand("del", line)),
    ...only("addresses and routes", to, from).flatMap((line) => addressCommand("add", line)),
  ];
  if (commands.length === 0) return [];
  writeFileSync(file, `${commands.join("\n")}\n`);
  // What is there already, or gone already, is no reason to stop.
  return [`ip -force -batch ${quote(file)} 2>/dev/null`];
}

/** `2: eth0    inet 10.0.0.1/32 brd 10.0.0.1 scope global eth0\   valid_lft …` -> arguments of `ip` */
function addressCommand(verb: "add" | "del", line: string): string[] {
  const [, device, address, rest = ""] = /^\d+: (\S+)\s+inet6? (\S+)([^\\]*)/.exec(line) ?? [];
  if (!device || !address) return [];
  if (verb === "del") return [`address del ${address} dev ${device}`];
  const [broadcast = ""] = /brd \S+/.exec(rest) ?? [];
  const [scope = ""] = /scope \S+/.exec(rest) ?? [];
  return [
    `address add ${address} ${broadcast} ${scope} dev ${device}${address.includes(":") ? " nodad" : ""}`,
  ];
}

/** All of it in one process: a list for `ipvsadm -R` may hold any of its commands. */
function serviceLines(to: Snapshot, from: Snapshot, file: string): string[] {
  const commands: string[] = [];
  // A service's line begins with -A, its servers' with -a: sorted, services come first.
  if (only("IPVS", to, from).length + only("IPVS", from, to).length > 0)
    commands.push("-C", ...(to.get("IPVS") ?? []));
  const [timeouts = ""] = only("IPVS timeouts", to, from);
  const [, values] = /: (\d+ \d+ \d+)$/.exec(timeouts) ?? [];
  if (values) commands.push(`--set ${values}`);
  if (commands.length === 0) return [];
  writeFileSync(file, `${commands.join("\n")}\n`);
  return [`ipvsadm -R <${quote(file)}`];
}
