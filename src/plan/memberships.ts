/** Which virtual services name a host, and through whom its packets come. */

import type { Cluster, Host, InterfaceAddress, RealServer, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { subnetsOf } from "../topology/subnets.ts";
import { movingGateway } from "./moving-gateway.ts";

/** A virtual service that names a host, with its entry for it. */
export interface Membership {
  readonly service: VirtualService;
  readonly server: RealServer;
}

/** Services that have the host as a real server or sorry server. A director that is one of its own gets packets unwrapped. */
export function membershipsOf(cluster: Cluster, host: Host): readonly Membership[] {
  return cluster.directors.hosts.includes(host.name) ? [] : entriesOf(cluster, host.name);
}

/** Services whose packets another director may send to this one, as to a real server. */
export function membershipsOfDirector(cluster: Cluster, host: Host): readonly Membership[] {
  const { hosts } = cluster.directors;
  return hosts.length > 1 && hosts.includes(host.name) ? entriesOf(cluster, host.name) : [];
}

/** Servers of all services with the name. */
export function entriesOf(cluster: Cluster, name: string): readonly Membership[] {
  let entries = entriesByHost.get(cluster);
  if (entries === undefined) {
    entries = listEntries(cluster);
    entriesByHost.set(cluster, entries);
  }
  return entries.get(name) ?? [];
}

/** Found once for all hosts: a walk over all servers for each of them would take the square of their number. */
const entriesByHost = new WeakMap<Cluster, ReadonlyMap<string, readonly Membership[]>>();

function listEntries({ services }: Cluster): ReadonlyMap<string, readonly Membership[]> {
  const entries = new Map<string, Membership[]>();
  for (const service of services) {
    for (const server of allServers(service)) {
      if (server.host === null) continue;
      const own = entries.get(server.host);
      if (own === undefined) entries.set(server.host, [{ service, server }]);
      else own.push({ service, server });
    }
  }
  return entries;
}

/** Whether packets for the real server never leave the director. */
export function isLocal(director: Host, { host, address }: RealServer): boolean {
  return host === director.name || director.addresses.some(({ ip }) => ip === address);
}

/** The host's address on the segment of another address, or null where they share none. */
export function addressNear({ addresses }: Host, ip: string): InterfaceAddress | null {
  return subnetsOf(addresses).closest(ip) ?? null;
}

/**
 * The address that a real server sends its answers to, or null if none is on its segment: one that moves with the
 * master, or a single director's own (DIP).
 */
export function directorAddress(cluster: Cluster, { address }: RealServer): string | null {
  const moving = movingGateway(cluster, address);
  if (moving !== null || cluster.directors.hosts.length > 1) return moving;
  for (const name of cluster.directors.hosts) {
    const director = cluster.hosts.get(name);
    const near = director === undefined ? null : addressNear(director, address);
    if (near !== null) return near.ip;
  }
  return null;
}
