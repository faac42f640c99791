/** VRRP of a cluster: which addresses move together, on which interfaces, and which director has them first. */

import { inSubnet } from "../topology/addresses.ts";
import type { Cluster, Family, Host, InterfaceAddress } from "../topology/model.ts";
import { hostPrefix } from "./addresses.ts";

/** Addresses that one virtual router owns: the same ones on every director. */
export interface VirtualRouter {
  readonly virtualRouterId: number;
  readonly family: Family;
  /** By director, the interface that carries the addresses and the adverts. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** With their prefix lengths, each once. */
  readonly addresses: readonly string[];
  /** JSON pointer of the first of them in the topology. */
  readonly pointer: string;
}

/**
 * One for each id, family and interface. Directors are looked at together: their adverts have to agree on the
 * addresses, so that two VIPs are of one router only where they share an interface on every director.
 */
export function virtualRouters({ services, directors }: Cluster): VirtualRouter[] {
  const { vrrp, hosts } = directors;
  const moving = [
    ...services.map(({ vip, family, interfaces, pointer }) => ({
      address: hostPrefix(vip, family),
      family,
      interfaces,
      virtualRouterId: vrrp.virtualRouterId,
      pointer: `${pointer}/vip`,
    })),
    ...vrrp.addresses.map(({ ip, prefix, pointer, ...rest }) => ({
      ...rest,
      address: `${ip}/${prefix}`,
      pointer: `${pointer}/address`,
    })),
  ];
  const routers = new Map<string, VirtualRouter>();
  for (const { address, ...of } of moving) {
    const where = hosts.map((name) => of.interfaces.get(name) ?? "");
    const key = [of.virtualRouterId, of.family, ...where].join(" ");
    const router = routers.get(key) ?? { ...of, addresses: [] };
    if (router.addresses.includes(address)) continue;
    routers.set(key, { ...router, addresses: [...router.addresses, address] });
  }
  return [...routers.values()];
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
  const [first = ""] = router.addresses;
  const moving = first.replace(/\/\d+$/, "");
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
