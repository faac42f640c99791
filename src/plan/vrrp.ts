/** VRRP of a cluster: which addresses move together, on which interfaces, and which director has them first. */

import { inSubnet } from "../topology/addresses.ts";
import type { Cluster, Family, Host, InterfaceAddress } from "../topology/model.ts";
import { hostPrefix } from "./addresses.ts";

/** Addresses that one virtual router owns: the same ones on every director. */
export interface VirtualRouter {
  readonly virtualRouterId: number;
  readonly family: Family;
  /** By director, the interface that adverts go over. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** Each once. */
  readonly addresses: readonly MovingAddress[];
  /** JSON pointer of the first of them in the topology. */
  readonly pointer: string;
}

export interface MovingAddress {
  /** With its prefix length. */
  readonly address: string;
  /** By director, the interface that carries it. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** Its place in the topology, a JSON pointer. */
  readonly pointer: string;
}

/**
 * One for each id, family and interface; where adverts have a link of their own, all of an id and family meet there.
 * Directors are looked at together: their adverts have to agree on the addresses, so that two VIPs are of one router
 * only where they share an interface on every director.
 */
export function virtualRouters({ services, directors, hosts }: Cluster): VirtualRouter[] {
  const { vrrp } = directors;
  const link = vrrp.interface === null ? null : linkOf(vrrp.interface, directors.hosts, hosts);
  const moving = [
    ...services.map(({ vip, family, interfaces, pointer }) => ({
      address: hostPrefix(vip, family),
      family,
      interfaces,
      virtualRouterId: vrrp.virtualRouterId,
      pointer: `${pointer}/vip`,
    })),
    ...vrrp.addresses.map(({ ip, prefix, pointer, family, interfaces, virtualRouterId }) => ({
      address: `${ip}/${prefix}`,
      family,
      interfaces,
      virtualRouterId,
      pointer: `${pointer}/address`,
    })),
  ];
  const routers = new Map<string, VirtualRouter>();
  for (const { address, interfaces, family, virtualRouterId, pointer } of moving) {
    const adverts = link ?? interfaces;
    const where = directors.hosts.map((name) => adverts.get(name) ?? "");
    const key = [virtualRouterId, family, ...where].join(" ");
    const { addresses, ...router } = routers.get(key) ?? {
      virtualRouterId,
      family,
      pointer,
      interfaces: adverts,
      addresses: [],
    };
    if (addresses.some((other) => other.address === address)) continue;
    routers.set(key, { ...router, addresses: [...addresses, { address, interfaces, pointer }] });
  }
  return [...routers.values()];
}

/** By director that has it. */
function linkOf(name: string, directors: readonly string[], hosts: Cluster["hosts"]): Map<string, string> {
  const having = directors.filter((director) =>
    hosts.get(director)?.addresses.some((address) => address.interface === name),
  );
  return new Map(having.map((director) => [director, name]));
}

/**
 * The director's own address that its adverts come from: on the router's interface, of its family, and of the subnet
 * of its addresses where there is one. Null where it has none.
 */
export function advertSource(director: Host, router: VirtualRouter): InterfaceAddress | null {
  const name = router.interfaces.get(director.name);
  const own = director.addresses.filter(
    (address) => address.interface === name && address.family === router.family,
  );
  const moving = router.addresses[0]?.address.replace(/\/\d+$/, "") ?? "";
  return own.find((address) => inSubnet(moving, address)) ?? own[0] ?? null;
}

/** The seeds' first director, and room below it. */
const highest = 150;
const step = 10;

/**
 * 1 to 254 by the order of directors, the first one's being the highest; each is another's for up to 254 of them (255
 * is for a router that owns the addresses itself: RFC 9568, 5.2.4).
 */
export function priorityOf(place: number, directors: number): number {
  return directors * step <= highest ? highest - place * step : 254 - place;
}

/** Whether the interval is whole seconds, as version 2 needs. */
export function isWholeSeconds(advertInterval: number): boolean {
  return Number.isInteger(advertInterval);
}

/** IPv6 needs version 3, and so do adverts more often than once a second (RFC 9568; RFC 3768 counts in seconds). */
export function vrrpVersion(family: Family, advertInterval: number): 2 | 3 {
  return family === 6 || !isWholeSeconds(advertInterval) ? 3 : 2;
}
