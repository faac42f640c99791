/** What ip(8) shows, as commands of its batch that take it away or bring it back. */

import type { Family } from "../../../topology/model.ts";
import type { Difference } from "./difference.ts";

type Verb = "add" | "del";

const SECTION = "addresses and routes";

/** Addresses; their own routes come and go with them. */
export function addresses(difference: Difference): string[] {
  return [
    ...difference.surplus(SECTION).flatMap((line) => addressCommand("del", line)),
    ...difference.missing(SECTION).flatMap((line) => addressCommand("add", line)),
  ];
}

/** `2: eth0    inet 10.0.0.1/32 brd 10.0.0.1 scope global eth0\   valid_lft …` -> arguments of `ip` */
function addressCommand(verb: Verb, line: string): string[] {
  const [, device, address, rest = ""] = /^\d+: (\S+)\s+inet6? (\S+)([^\\]*)/.exec(line) ?? [];
  if (!device || !address) return [];
  if (verb === "del") return [`address del ${address} dev ${device}`];
  const [broadcast = ""] = /brd \S+/.exec(rest) ?? [];
  const [scope = ""] = /scope \S+/.exec(rest) ?? [];
  const [lifetime = ""] = /preferred_lft 0(?=sec)/.exec(line) ?? [];
  const [check = ""] = address.includes(":") ? ["nodad"] : [];
  return [`address add ${address} ${broadcast} ${scope} dev ${device} ${check} ${lifetime}`];
}

/** Routes that somebody set: the kernel's own follow addresses. */
export function routes(difference: Difference, verb: Verb, family: Family): string[] {
  const lines = verb === "add" ? difference.missing(SECTION) : difference.surplus(SECTION);
  return lines
    .filter((line) => !/^\d+:/.test(line) && !line.includes(" proto kernel "))
    .filter((line) => (line.includes(":") || line.includes(" pref ") ? 6 : 4) === family)
    .map((line) => `route ${verb} ${line}`);
}

/** `32765:	from 10.0.0.1 lookup 100` */
export function rules(difference: Difference, section: string): string[] {
  const command = (verb: Verb, line: string): string[] => {
    const [, priority, rest = ""] = /^(\d+):\t(from .*)$/.exec(line) ?? [];
    return priority === undefined ? [] : [`rule ${verb} pref ${priority} ${rest.trim()}`];
  };
  return [
    ...difference.surplus(section).flatMap((line) => command("del", line)),
    ...difference.missing(section).flatMap((line) => command("add", line)),
  ];
}

/** `port 6080 gue` */
export function tunnelPorts(difference: Difference): string[] {
  return [
    ...difference.surplus("tunnel ports").map((line) => `fou del ${line.replace(/ (gue|ipproto).*/, "")}`),
    ...difference.missing("tunnel ports").map((line) => `fou add ${line}`),
  ];
}
