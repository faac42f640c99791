/** VRRP of a cluster: which addresses move together, on which interfaces, and between which hosts. */

import { inSubnet } from "../topology/addresses.ts";
import type { Cluster, Family, Host, InterfaceAddress } from "../topology/model.ts";
import { hostPrefix } from "./addresses.ts";
import { directorElection, type Election, floatingElections } from "./election.ts";

/** Addresses that one virtual router owns: the same ones on every host of its election. */
export interface VirtualRouter {
  readonly virtualRouterId: number;
  readonly family: Family;
  /** Routers of one election, the same object, move together. */
  readonly election: Election;
  /** By host, the interface that adverts go over. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** Each once. */
  readonly addresses: readonly MovingAddress[];
  /** JSON pointer of the first of them in the topology. */
  readonly pointer: string;
  /** Name of the first of them if they are floating addresses; null: the directors'. */
  readonly floating: string | null;
  /** Whether units run with one of them. */
  readonly hasUnits: boolean;
}

export interface MovingAddress {
  /** With its prefix length. */
  readonly address: string;
  /** By host, the interface that carries it. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** Its place in the topology, a JSON pointer. */
  readonly pointer: string;
}

/** An address that moves, before routers are made. */
interface Moving extends MovingAddress {
  readonly family: Family;
  readonly virtualRouterId: number;
  readonly election: Election;
  /** By host, the interface that its adverts go over. */
  readonly adverts: ReadonlyMap<string, string>;
  /** Its name, if it is a floating address. */
  readonly floating: string | null;
  readonly hasUnits: boolean;
}

/**
 * One for each election, id, family and interface. Members are looked at together: their adverts have to agree on the
 * addresses, so that two of them are of one router only where they share an interface on every member.
 */
export function virtualRouters(cluster: Cluster): VirtualRouter[] {
  const routers = new Map<
    string,
    Omit<VirtualRouter, "addresses"> & { addresses: Map<string, MovingAddress> }
  >();
  const elections: Election[] = [];
  for (const each of moving(cluster)) {
    const { address, interfaces, family, virtualRouterId, pointer, election, adverts, floating, hasUnits } =
      each;
    if (!elections.includes(election)) elections.push(election);
    const where = election.members.map(({ host }) => adverts.get(host) ?? "");
    const key = [elections.indexOf(election), virtualRouterId, family, ...where].join(" ");
    const known = routers.get(key);
    const router = {
      ...(known ?? { virtualRouterId, family, election, pointer, floating }),
      hasUnits: hasUnits || (known?.hasUnits ?? false),
      interfaces: adverts,
      addresses: known?.addresses ?? new Map<string, MovingAddress>(),
    };
    routers.set(key, router);
    if (!router.addresses.has(address)) router.addresses.set(address, { address, interfaces, pointer });
  }
  return [...routers.values()].map((router) => ({ ...router, addresses: [...router.addresses.values()] }));
}

function moving(cluster: Cluster): Moving[] {
  const { engine, announce } = cluster.directors;
  const elects = engine === "keepalived" && announce === null;
  return [...(elects ? ofDirectors(cluster) : []), ...ofFloating(cluster)];
}

function ofFloating(cluster: Cluster): Moving[] {
  return [...floatingElections(cluster)].map(([address, election]) => ({
    address: `${address.ip}/${address.prefix}`,
    family: address.family,
    interfaces: address.interfaces,
    virtualRouterId: address.virtualRouterId,
    pointer: `${address.pointer}/address`,
    floating: address.name,
    hasUnits: address.runOnMaster.length > 0,
    election,
    adverts: address.interfaces,
  }));
}

/**
 * VIPs, and the master's addresses without a service. Where adverts have a link of their own, all meet there. VIPs that
 * every director announces are on all of them.
 */
function ofDirectors(cluster: Cluster): Moving[] {
  const { services, directors, hosts } = cluster;
  const { vrrp, announce } = directors;
  if (announce !== null) return [];
  const link = vrrp.interface === null ? null : linkOf(vrrp.interface, directors.hosts, hosts);
  const election = directorElection(cluster);
  const vips = services.map(({ vip, family, interfaces, pointer }) => ({
    address: hostPrefix(vip, family),
    family,
    interfaces,
    virtualRouterId: vrrp.virtualRouterId,
    pointer: `${pointer}/vip`,
  }));
  const others = vrrp.addresses.map(({ ip, prefix, pointer, family, interfaces, virtualRouterId }) => ({
    address: `${ip}/${prefix}`,
    family,
    interfaces,
    virtualRouterId,
    pointer: `${pointer}/address`,
  }));
  return [...vips, ...others].map((each) => ({
    ...each,
    floating: null,
    hasUnits: false,
    election,
    adverts: link ?? each.interfaces,
  }));
}

/** By director that has it. */
function linkOf(name: string, directors: readonly string[], hosts: Cluster["hosts"]): Map<string, string> {
  const having = directors.filter((director) =>
    hosts.get(director)?.addresses.some((address) => address.interface === name),
  );
  return new Map(having.map((director) => [director, name]));
}

/**
 * The host's own address that its adverts come from: on the router's interface, of its family, and of the subnet
 * of its addresses where there is one. Null where it has none.
 */
export function advertSource(host: Host, router: VirtualRouter): InterfaceAddress | null {
  const name = router.interfaces.get(host.name);
  const own = host.addresses.filter(
    (address) => address.interface === name && address.family === router.family,
  );
  const moving = router.addresses[0]?.address.replace(/\/\d+$/, "") ?? "";
  return own.find((address) => inSubnet(moving, address)) ?? own[0] ?? null;
}

/** Whether the interval is whole seconds, as version 2 needs. */
export function isWholeSeconds(advertInterval: number): boolean {
  return Number.isInteger(advertInterval);
}

/** IPv6 needs version 3, and so do adverts more often than once a second (RFC 9568; RFC 3768 counts in seconds). */
export function vrrpVersion(family: Family, advertInterval: number): 2 | 3 {
  return family === 6 || !isWholeSeconds(advertInterval) ? 3 : 2;
}
