/** ifconfig, ip addr, ip route and route -> addresses and routes. */

import { phrase, say } from "../../languages/say.ts";
import { canonicalIp, familyOf, netmaskPrefix, network, parseCidr } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import { answered, type Found, lineOf, type Take, tellUnknown, texts } from "./found.ts";
import type { SimpleCommand } from "./machine.ts";

const followsFromAddresses = answered(phrase`lvsgen adds the routes that are needed`);

/** `ifconfig eth0:0 ADDRESS[/BITS] [netmask MASK] … up`. */
export const takeIfconfig: Take = (command, found, notes) => {
  const [name, ...all] = texts(command).filter((text) => !/^-/.test(text));
  const rest = all.filter((text) => !/^(inet6?|add)$/.test(text));
  const [first = "", ...more] = rest;
  const [address = "", bits] = first.split("/");
  const ip = canonicalIp(address);
  if (name === undefined || ip === null) {
    if (command.unknown !== null) tellUnknown(command, command.unknown, notes);
    return;
  }
  const mask = more.includes("netmask") ? (more[more.indexOf("netmask") + 1] ?? "") : null;
  const prefix = bits === undefined ? (mask === null ? null : maskPrefix(mask)) : Number(bits);
  carry(ip, prefix, name, command, found);
};

/** ifconfig takes hexadecimal masks, too. */
function maskPrefix(text: string): number | null {
  if (!/^0x[0-9a-f]{8}$/i.test(text)) return netmaskPrefix(text);
  return netmaskPrefix([2, 4, 6, 8].map((at) => Number.parseInt(text.slice(at, at + 2), 16)).join("."));
}

type Object = "address" | "route" | "other";

/** ip takes any beginning of a word. */
function objectOf(word: string): Object {
  if (/^a(d(d(r(e(s(s)?)?)?)?)?)?$/.test(word)) return "address";
  return /^r(o(u(t(e)?)?)?)?$/.test(word) ? "route" : "other";
}

/** `ip addr add ADDRESS/BITS … dev NAME`, `ip route add NETWORK via GATEWAY`. */
export const takeIp: Take = (command, found, notes) => {
  const words = texts(command);
  const [object = "", verb = "", ...rest] = words.slice(optionsEnd(words));
  const adds = /^(a(dd?)?|re(place)?|append|ch(ange)?)$/.test(verb);
  const kind = objectOf(object);
  if (kind === "address" && adds) addAddress(rest, command, found, notes);
  else if (kind === "route" && adds) takeRoute(ipRoute(rest), command, found, notes);
  else if (kind === "other" && (adds || !/^(l|r|n)/.test(object)))
    answered(phrase`lvsgen sets up what its own methods need, and nothing else`)(command, found, notes);
};

/** `-4`, `-f inet`, `-n NAME`: options before the object. */
function optionsEnd(words: readonly string[]): number {
  let at = 0;
  while (words[at]?.startsWith("-")) at += /^-(f|family|n|netns|b|batch)$/.test(words[at] ?? "") ? 2 : 1;
  return at;
}

function addAddress(rest: readonly string[], command: SimpleCommand, found: Found, notes: Notes): void {
  const [address = "", bits] = (rest.find((word) => /^[0-9a-f:.]+(\/\d+)?$/i.test(word)) ?? "").split("/");
  const ip = canonicalIp(address);
  const name = rest.includes("dev") ? rest[rest.indexOf("dev") + 1] : undefined;
  if (ip !== null && name !== undefined && command.unknown === null)
    carry(ip, bits === undefined ? (familyOf(ip) === 4 ? 32 : 128) : Number(bits), name, command, found);
  else if (command.unknown === null)
    notes.notUnderstood(command.place, say`unreadable address`, say`replace it with its value`);
  else tellUnknown(command, command.unknown, notes);
}

/** `eth0:1` is a label of eth0. */
function carry(
  ip: string,
  prefix: number | null,
  name: string,
  { place }: SimpleCommand,
  found: Found,
): void {
  const known =
    prefix !== null && Number.isInteger(prefix) && prefix >= 0 && prefix <= (familyOf(ip) === 4 ? 32 : 128);
  const address = {
    ip,
    prefix: known ? prefix : null,
    interface: name.replace(/:.*$/, ""),
    virtualRouterId: null,
    place,
  };
  found.addresses.push(address);
}

interface RouteWords {
  /** As written; null: unreadable. */
  readonly to: string | null;
  readonly via: string | null;
  /** What else it says, that a topology has no place for. */
  readonly more: readonly string[];
}

function ipRoute(words: readonly string[]): RouteWords {
  const plain = words.filter((word) => !/^(unicast|to|onlink|proto|static|boot)$/.test(word));
  const [to = null] = plain;
  const after = (name: string) => (plain.includes(name) ? (plain[plain.indexOf(name) + 1] ?? null) : null);
  return { to, via: after("via"), more: plain.filter((word) => /^(table|src|nexthop|from)$/.test(word)) };
}

/** `route add [-net|-host] TARGET [netmask MASK] [gw GATEWAY] [dev NAME]`. */
export const takeRouteCommand: Take = (command, found, notes) => {
  const words = texts(command).filter((word) => !/^(-A|-4|-6|inet6?|-net|-host)$/.test(word));
  const [verb, ...all] = words;
  if (verb !== "add") return;
  const isHost = texts(command).includes("-host");
  const [target, ...rest] = all;
  const after = (...names: string[]) => {
    const at = rest.findIndex((word) => names.includes(word));
    return at === -1 ? null : (rest[at + 1] ?? null);
  };
  const mask = after("netmask");
  const prefix = mask === null ? (isHost ? 32 : null) : maskPrefix(mask);
  const to = target === undefined || prefix === null || target.includes("/") ? target : `${target}/${prefix}`;
  takeRoute({ to: to ?? null, via: after("gw", "gateway"), more: [] }, command, found, notes);
};

function takeRoute({ to, via, more }: RouteWords, command: SimpleCommand, found: Found, notes: Notes): void {
  // `route add -host VIP dev lo:0`: without a gateway it follows from an address.
  const [target, ip] = [networkOf(to ?? ""), canonicalIp(via ?? "")];
  if (command.unknown !== null) tellUnknown(command, command.unknown, notes);
  else if (via === null) followsFromAddresses(command, found, notes);
  else if (target === undefined || ip === null)
    notes.notUnderstood(
      command.place,
      say`${lineOf(command)}: unreadable route`,
      say`set hosts.*.routes by hand`,
    );
  else if (more.length > 0)
    notes.leftOut(
      command.place,
      say`${lineOf(command)}: a topology's routes have no ${more[0]}`,
      say`set it up with the host's network`,
      { effect: "traffic" },
    );
  else found.routes.push({ to: target, via: ip, place: command.place });
}

/** null: the default route; undefined: unreadable. */
function networkOf(text: string): string | null | undefined {
  if (/^(default|0\.0\.0\.0(\/0)?|::\/0)$/.test(text)) return null;
  const ip = canonicalIp(text);
  if (ip !== null) return `${ip}/${familyOf(ip) === 4 ? 32 : 128}`;
  const cidr = parseCidr(text);
  return cidr === null ? undefined : `${network(cidr.ip, cidr.prefix)}/${cidr.prefix}`;
}
