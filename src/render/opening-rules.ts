/** Openings in the words of iptables and of nft. They go to the head of chains of others. */

import type { Opening, OpeningResource } from "../plan/resources.ts";
import type { PortRange } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";
import { portGroups, portMatch } from "./firewall-rules.ts";

/** IANA's numbers of protocols for which `iptables` and nft may have other names, or none. */
const numbers: Readonly<Partial<Record<Opening["protocol"], number>>> = {
  ipip: 4,
  ipv6: 41,
  gre: 47,
  "ipv6-icmp": 58,
  icmp: 1,
  vrrp: 112,
};

const icmpTypes: Readonly<Record<NonNullable<Opening["icmp"]>, number>> = { "destination-unreachable": 3 };

const iptablesChain: Readonly<Record<Opening["direction"], string>> = { in: "INPUT", through: "FORWARD" };

/** As `iptables-save` prints them, with protocols by number, after family and table: `4 filter -A INPUT …`. */
export function iptablesOpenings(opening: OpeningResource): string[] {
  const { family, direction, protocol, icmp, from, to, fromPorts, toPorts } = opening;
  const whole = family === 4 ? "/32" : "/128";
  const [side, ports] = fromPorts.length > 0 ? (["s", fromPorts] as const) : (["d", toPorts] as const);
  const groups: readonly (readonly PortRange[])[] = ports.length === 0 ? [[]] : portGroups(ports);
  return groups.map((group) =>
    [
      `${family} filter -A ${iptablesChain[direction]}`,
      ...(from === null ? [] : [`-s ${from}${whole}`]),
      ...(to === null ? [] : [`-d ${to}${whole}`]),
      `-p ${numbers[protocol] ?? protocol}`,
      ...portMatch(protocol, group, side),
      ...(icmp === undefined ? [] : [`-m icmp --icmp-type ${icmpTypes[icmp]}`]),
      ...(beginsNothing(opening) ? [flagMatch(group)] : []),
      "-j ACCEPT",
    ].join(" "),
  );
}

/** No connection tracking: a rule that uses it would turn it on for the whole host. */
function beginsNothing({ answers, protocol }: Opening): boolean {
  return answers && protocol === "tcp";
}

/** A single port already has `-m tcp`. */
function flagMatch(ports: readonly PortRange[]): string {
  return `${ports.length === 1 ? "" : "-m tcp "}! --tcp-flags FIN,SYN,RST,ACK SYN`;
}

const nftHook: Readonly<Record<Opening["direction"], string>> = { in: "input", through: "forward" };

/** After hook and family of addresses: `input ip …`. */
export function nftOpenings(opening: OpeningResource): string[] {
  const { family, direction, protocol, icmp, from, to, fromPorts, toPorts } = opening;
  const ip = family === 4 ? "ip" : "ip6";
  return [
    [
      `${nftHook[direction]} ${ip}`,
      ...(from === null ? [] : [`${ip} saddr ${from}`]),
      ...(to === null ? [] : [`${ip} daddr ${to}`]),
      ...(icmp === undefined ? nftPorts(protocol, fromPorts, toPorts) : [`icmp type ${icmp}`]),
      ...(beginsNothing(opening) ? ["tcp flags & (fin | syn | rst | ack) != syn"] : []),
      "accept",
    ].join(" "),
  ];
}

function nftPorts(
  protocol: Opening["protocol"],
  from: readonly PortRange[],
  to: readonly PortRange[],
): string[] {
  if (from.length === 0 && to.length === 0) return [`meta l4proto ${numbers[protocol] ?? protocol}`];
  return [
    ...(from.length === 0 ? [] : [`${protocol} sport { ${rangesText(from)} }`]),
    ...(to.length === 0 ? [] : [`${protocol} dport { ${rangesText(to)} }`]),
  ];
}

function rangesText(ports: readonly PortRange[]): string {
  return ports.map((range) => portRangeText(range)).join(", ");
}
