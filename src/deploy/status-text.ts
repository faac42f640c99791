/** The state of all hosts as one table. Pure. */

import { columns } from "../base/columns.ts";
import type { HostStatus, RoleStatus } from "./status.ts";

export function statusText(hosts: readonly HostStatus[]): string {
  const rows = [["HOST", "ROLE", "STATE", "DETAILS"], ...hosts.flatMap(hostRows)];
  return `${columns(rows).join("\n")}\n`;
}

function hostRows(host: HostStatus): string[][] {
  if (host.roles.length === 0) return [[host.host, "-", host.state, oneLine(host.words)]];
  return host.roles.flatMap((role, at) => roleRows(at === 0 ? host.host : "", role));
}

const roleTitles: Readonly<Record<string, string>> = { lvs_dr: "director", lvs_rs: "real server" };

/** One line per role, and one for each service of a director. */
function roleRows(host: string, { role, state, services, differences }: RoleStatus): string[][] {
  const details = [
    ...(differences.length === 0 ? [] : [`differs in ${differences.length}: ${differences[0]}`]),
    ...services.map(serviceText),
  ];
  const [first = "", ...more] = details;
  return [[host, roleTitles[role] ?? role, state, first], ...more.map((line) => ["", "", "", line])];
}

function serviceText({ name, address, scheduler, state, servers }: RoleStatus["services"][number]): string {
  if (state !== "present") return `${name} ${address}: ${state}`;
  const list = servers.map(({ label, state: there, weight, active, drained }) =>
    there === "present"
      ? `${label}${drained ? " drained," : ""} weight ${weight}, ${active} active`
      : `${label} ${there}`,
  );
  return `${name} ${address} ${scheduler}: ${list.join("; ")}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, "; ");
}
