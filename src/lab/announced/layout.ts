/**
 * Routers around a cluster whose directors speak BGP: one for each neighbor, which has its address and is the gateway of
 * the hosts in its subnet; and one above them all, which the clients are attached to.
 */

import type { Announce, BgpNeighbor, Cluster, Host } from "../../topology/model.ts";
import { contains } from "../addressing.ts";
import { type Draft, freeName, takeAddress } from "../draft.ts";
import type { LabSubnet } from "../spec.ts";
import type { Outside } from "./outside.ts";

/** A neighbor's router. */
export interface Edge {
  readonly name: string;
  readonly neighbor: BgpNeighbor;
  /** Its address towards the router above it. */
  readonly uplink: string;
  /** The subnet that it is the gateway of; null: directors reach it over other routers alone. */
  readonly subnet: LabSubnet | null;
  /** Further addresses there, which hosts have as their gateway. */
  readonly gateways: readonly string[];
  readonly sessions: readonly Session[];
}

/** A director's session with a neighbor. */
export interface Session {
  readonly director: string;
  /** The director's own address. */
  readonly address: string;
  /** There are routers between them. */
  readonly isDistant: boolean;
}

export interface Layout {
  readonly edges: readonly Edge[];
  readonly top: {
    readonly name: string;
    readonly asn: number;
    /** Its address towards the neighbors. */
    readonly address: string;
    /** What it is to the clients. */
    readonly gateway: string;
  };
  readonly outside: Outside;
}

export function layoutOf(draft: Draft, cluster: Cluster, announce: Announce, outside: Outside): Layout {
  const neighbors = announce.neighbors.filter(({ family }) => family === 4);
  const edges = neighbors.map((neighbor, index): Edge => {
    const subnet = draft.subnets.find(({ cidr }) => contains(cidr, neighbor.address)) ?? null;
    const isFirst = neighbors.findIndex(({ address }) => subnet && contains(subnet.cidr, address)) === index;
    return {
      name: freeName(draft, `router${index + 1}`),
      neighbor,
      uplink: takeAddress(draft, outside.between),
      subnet,
      gateways: subnet !== null && isFirst ? gatewaysIn(cluster, announce, subnet) : [],
      sessions: cluster.directors.hosts.flatMap((name) =>
        sessionsOf(cluster.hosts.get(name), neighbor, subnet),
      ),
    };
  });
  const top = {
    name: freeName(draft, "router"),
    asn: freeAsn(announce),
    address: takeAddress(draft, outside.between),
    gateway: takeAddress(draft, outside.clients),
  };
  return { edges, top, outside };
}

/** Those that hosts name and no host has, beside the neighbors' own addresses. */
function gatewaysIn({ hosts }: Cluster, { neighbors }: Announce, { cidr }: LabSubnet): string[] {
  const all = [...hosts.values()];
  const taken = new Set(all.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)));
  for (const { address } of neighbors) taken.add(address);
  const named = all.flatMap(({ gateway }) => gateway ?? []);
  return [...new Set(named)].filter((ip) => contains(cidr, ip) && !taken.has(ip));
}

function sessionsOf(director: Host | undefined, neighbor: BgpNeighbor, subnet: LabSubnet | null): Session[] {
  if (director === undefined) return [];
  const { name } = director;
  const near = director.addresses.find(({ ip }) => subnet !== null && contains(subnet.cidr, ip));
  if (near !== undefined) return [{ director: name, address: near.ip, isDistant: false }];
  const far = neighbor.multihop ? ownAddress(director) : null;
  return far === null ? [] : [{ director: name, address: far, isDistant: true }];
}

/** The address that a host has on the way to its gateway. */
export function ownAddress({ addresses, gateway }: Host): string | null {
  const all = addresses.filter(({ family }) => family === 4);
  const near = all.find(({ ip, prefix }) => gateway !== null && contains(`${ip}/${prefix}`, gateway));
  return (near ?? all[0])?.ip ?? null;
}

/** The first private one that nobody here has (RFC 6996). */
function freeAsn({ asn, neighbors }: Announce): number {
  const taken = new Set([asn, ...neighbors.map((neighbor) => neighbor.asn)]);
  let candidate = 4_200_000_000;
  while (taken.has(candidate)) candidate += 1;
  return candidate;
}
