/** What firewalls must allow where directors announce VIPs: sessions with routers, and ICMP errors of the others' connections. */

import { unique } from "../base/unique.ts";
import type { Cluster, Host, PortRange } from "../topology/model.ts";
import { neighborsOf } from "./announce.ts";
import { addressNear } from "./memberships.ts";
import type { Opening } from "./resources.ts";

const bgp: readonly PortRange[] = [{ first: 179, last: 179 }];

const incoming = {
  direction: "in",
  answers: false,
  from: null,
  to: null,
  fromPorts: [],
  toPorts: [],
} as const;

/** Either side may begin a session. */
export function sessionOpenings(cluster: Cluster, host: Host): Opening[] {
  return neighborsOf(cluster, host).flatMap(({ address: from }): Opening[] => {
    const session = { ...incoming, protocol: "tcp" as const, from, to: addressNear(host, from)?.ip ?? null };
    return [
      { ...session, toPorts: bgp },
      { ...session, answers: true, fromPorts: bgp },
    ];
  });
}

/**
 * Routers send an error about a packet that a VIP sent to any director, and that one to the server. A firewall that lets
 * in what belongs to a known connection knows none there: answers do not pass the director.
 */
export function errorOpenings({ services, directors }: Cluster, vips: readonly string[]): Opening[] {
  if (directors.announce === null) return [];
  const announced = new Set(services.map(({ vip }) => vip));
  return unique(vips.filter((vip) => announced.has(vip))).map((to) => ({
    ...incoming,
    protocol: "icmp",
    icmp: "destination-unreachable",
    to,
  }));
}
