/** The state of all hosts as one table. Pure. */

import { columns } from "../base/columns.ts";
import { say } from "../languages/say.ts";
import { type AddressHolders, isAmiss } from "./address-holders.ts";
import type { AnnouncedVip, SilentDirector } from "./announced-vips.ts";
import type { HostStatus, RoleStatus } from "./status.ts";

/** @param directors hosts that balance services; others with such a script have addresses alone */
export function statusText(
  hosts: readonly HostStatus[],
  directors: readonly string[],
  addresses: readonly AddressHolders[],
  announced: readonly AnnouncedVip[],
): string {
  const rows = [
    ["HOST", "ROLE", "STATE", "DETAILS"],
    ...hosts.flatMap((host) => hostRows(host, directors.includes(host.host))),
  ];
  const tables = [
    rows,
    ...(addresses.length === 0 ? [] : [addressRows(addresses)]),
    ...(announced.length === 0 ? [] : [announcedRows(announced)]),
  ];
  return tables.map((table) => `${columns(table).join("\n")}\n`).join("\n");
}

function addressRows(addresses: readonly AddressHolders[]): string[][] {
  const rows = addresses.map((each) => [each.name, each.address, holdersText(each)]);
  return [["FLOATING", "ADDRESS", "AT"], ...rows];
}

function holdersText(holders: AddressHolders): string {
  const { hosts, unknown } = holders;
  if (hosts.length > 0) return `${hosts.join(" and ")}${isAmiss(holders) ? ": only one may have it" : ""}`;
  return unknown.length === 0 ? "no host" : `unknown: no word from ${unknown.join(", ")}`;
}

function announcedRows(vips: readonly AnnouncedVip[]): string[][] {
  const rows = vips.map(({ address, hosts, others }) => [
    address,
    hosts.length === 0 ? "no director" : hosts.join(", "),
    others.map(({ host, why }) => `${host} ${silentWords[why]}`).join(", "),
  ]);
  return [["VIP", "ANNOUNCED BY", "NOT BY"], ...rows];
}

const silentWords: Readonly<Record<SilentDirector["why"], string>> = {
  drained: "(drained)",
  withdrawn: "(too few servers, or stopped)",
  "no session": "(no session with a router)",
  unknown: "(no word from it)",
};

function hostRows(host: HostStatus, isDirector: boolean): string[][] {
  if (host.roles.length === 0) return [[host.host, "-", host.state, oneLine(host.words)]];
  return host.roles.flatMap((role, at) => roleRows(at === 0 ? host.host : "", role, isDirector));
}

function titleOf(role: string, isDirector: boolean): string {
  if (role === "lvs_rs") return "real server";
  return isDirector ? "director" : "addresses";
}

/** One line per role, and one for each service of a director. */
function roleRows(
  host: string,
  { role, state, services, differences, drained, sessions = [] }: RoleStatus,
  isDirector: boolean,
): string[][] {
  const details = [
    ...(drained ? [say`drained: it takes no address`] : []),
    ...(differences.length === 0 ? [] : [`differs in ${differences.length}: ${differences[0]}`]),
    ...services.map(serviceText),
    ...sessions.map(({ neighbor, state: there }) => `BGP with ${neighbor}: ${there}`),
  ];
  const [first = "", ...more] = details;
  return [[host, titleOf(role, isDirector), state, first], ...more.map((line) => ["", "", "", line])];
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
