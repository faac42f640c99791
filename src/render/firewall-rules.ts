/** Firewall rules in the words of iptables and of nft: a host uses one of them. */

import type { FirewallAction, FirewallMatch, FirewallRuleResource } from "../plan/resources.ts";
import type { Family, PortRange } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";

/** Where an action takes place: iptables' table and chain, and nft's hook with its type and priority. */
interface PlaceRow {
  readonly table: string;
  readonly chain: string;
  readonly nft: { readonly chain: string; readonly head: string };
}

/** Priorities in numbers: the names came with nft 0.9.1. -150 is mangle, 100 is srcnat. */
const places: Readonly<Record<FirewallAction["kind"], PlaceRow>> = {
  mark: {
    table: "mangle",
    chain: "PREROUTING",
    nft: { chain: "marks", head: "type filter hook prerouting priority -150;" },
  },
  masquerade: {
    table: "nat",
    chain: "POSTROUTING",
    nft: { chain: "masquerading", head: "type nat hook postrouting priority 100;" },
  },
  "segment-size": {
    table: "mangle",
    chain: "OUTPUT",
    nft: { chain: "segments", head: "type route hook output priority -150;" },
  },
};

/** xt_multiport takes 15 ports; a range counts as two. */
const multiportLimit = 15;

/** A rule as `iptables-save` prints it, after family and table: `4 mangle -A PREROUTING …`. */
export function iptablesRules({ family, match, action }: FirewallRuleResource): string[] {
  const { table, chain } = places[action.kind];
  const { protocol, notFromMacs, from, to, ports } = match;
  const whole = family === 4 ? "/32" : "/128";
  const addresses = [
    ...(from === null ? [] : [`-s ${from}${whole}`]),
    ...(to === null ? [] : [`-d ${to}${whole}`]),
  ];
  const groups = ports.length === 0 ? [[]] : portGroups(ports);
  return groups.map((group) =>
    [
      String(family),
      table,
      `-A ${chain}`,
      ...addresses,
      `-p ${protocol}`,
      ...portMatch(protocol, group),
      ...notFromMacs.map((mac) => `-m mac ! --mac-source ${mac}`),
      iptablesTarget(action),
    ].join(" "),
  );
}

/** @param side whose ports they are: destination or source */
export function portMatch(protocol: string, ports: readonly PortRange[], side: "d" | "s" = "d"): string[] {
  const [only] = ports;
  if (only === undefined) return [];
  const texts = ports.map((range) => portRangeText(range, ":"));
  return ports.length === 1
    ? [`-m ${protocol} --${side}port ${texts[0]}`]
    : [`-m multiport --${side}ports ${texts.join(",")}`];
}

export function portGroups(ports: readonly PortRange[]): PortRange[][] {
  const groups: PortRange[][] = [];
  let room = 0;
  for (const range of ports) {
    const size = range.first === range.last ? 1 : 2;
    if (room < size) {
      groups.push([]);
      room = multiportLimit;
    }
    groups.at(-1)?.push(range);
    room -= size;
  }
  return groups;
}

function iptablesTarget(action: FirewallAction): string {
  switch (action.kind) {
    case "mark":
      return `-j MARK --set-xmark 0x${action.value.toString(16)}/0xffffffff`;
    case "masquerade":
      return "-j MASQUERADE";
    case "segment-size":
      return `-m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${action.bytes}`;
  }
}

/** nft's families of tables. */
const nftFamily: Readonly<Record<Family, string>> = { 4: "ip", 6: "ip6" };

/** A table of its own for each family, as a text for `nft -f`; nothing else of the ruleset is touched. */
export function nftRules(table: string, rules: readonly FirewallRuleResource[]): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const own = rules.filter((rule) => rule.family === family);
    if (own.length === 0) return [];
    const chains = Object.values(places).flatMap((place) => {
      const inPlace = own.filter(({ action }) => places[action.kind] === place);
      return inPlace.length === 0 ? [] : nftChain(place, family, inPlace);
    });
    return [`table ${nftFamily[family]} ${table} {`, ...chains, "}"];
  });
}

function nftChain({ nft }: PlaceRow, family: Family, rules: readonly FirewallRuleResource[]): string[] {
  return [
    `  chain ${nft.chain} {`,
    `    ${nft.head}`,
    ...rules.map(({ match, action }) => `    ${nftMatch(match, family)} ${nftStatement(action)}`),
    "  }",
  ];
}

function nftMatch({ protocol, notFromMacs, from, to, ports }: FirewallMatch, family: Family): string {
  const ip = nftFamily[family];
  const texts = ports.map((range) => portRangeText(range));
  return [
    ...(notFromMacs.length === 0 ? [] : [`ether saddr != { ${notFromMacs.join(", ")} }`]),
    ...(from === null ? [] : [`${ip} saddr ${from}`]),
    ...(to === null ? [] : [`${ip} daddr ${to}`]),
    ports.length === 0 ? `meta l4proto ${protocol}` : `${protocol} dport { ${texts.join(", ")} }`,
  ].join(" ");
}

function nftStatement(action: FirewallAction): string {
  switch (action.kind) {
    case "mark":
      return `meta mark set ${action.value}`;
    case "masquerade":
      return "masquerade";
    case "segment-size":
      return `tcp flags & (syn | rst) == syn tcp option maxseg size set ${action.bytes}`;
  }
}
