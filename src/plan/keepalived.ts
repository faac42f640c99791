/** What keepalived does on a director, in place of ipvsadm: the moving addresses, the services, the sync daemon. */

import { unique } from "../base/unique.ts";
import type { Cluster, ConnectionSync, Host } from "../topology/model.ts";
import { balancedServices, needsSync, strategyOf } from "./as-real-server.ts";
import { preemptDelay } from "./preempt-delay.ts";
import type { KeepalivedResource, KeepalivedService, KeepalivedSync, VrrpInstance } from "./resources.ts";
import { destination, serviceSettings } from "./virtual-service.ts";
import { advertSource, priorityOf, type VirtualRouter, virtualRouters, vrrpVersion } from "./vrrp.ts";

export function keepalivedResource(cluster: Cluster, host: Host): KeepalivedResource {
  const { directors, name } = cluster;
  const instances = virtualRouters(cluster).map((router) => instance(cluster, host, router));
  return {
    kind: "keepalived",
    version: host.platform.keepalived ?? "",
    routerId: host.name,
    notification: directors.notification,
    sync: syncOf(cluster, instances),
    asRealServer: strategyOf(cluster),
    syncGroup: instances.length > 1 ? name : null,
    instances,
    services: keepalivedServices(cluster),
  };
}

function instance({ directors, hosts, services }: Cluster, host: Host, router: VirtualRouter): VrrpInstance {
  const { family, virtualRouterId, addresses } = router;
  const { advertInterval, preempt, unicast, authPassword } = directors.vrrp;
  const name = router.interfaces.get(host.name) ?? "";
  const carried = addresses.map(({ address, interfaces }) => ({
    address,
    carrier: interfaces.get(host.name) ?? "",
  }));
  const checks = services.flatMap(({ healthCheck }) => healthCheck ?? []);
  const version = vrrpVersion(family, advertInterval);
  const others = directors.hosts
    .filter((other) => other !== host.name)
    .flatMap((other) => hosts.get(other) ?? []);
  const peers = unicast ? others.flatMap((other) => advertSource(other, router)?.ip ?? []) : [];
  return {
    name: `${name}-ipv${family}-${virtualRouterId}`,
    interface: name,
    family,
    version,
    virtualRouterId,
    priority: priorityOf(directors.hosts.indexOf(host.name), directors.hosts.length),
    advertInterval,
    preempt,
    preemptDelay: preempt ? preemptDelay(checks) : null,
    source: unicast && peers.length > 0 ? (advertSource(host, router)?.ip ?? null) : null,
    peers,
    password: version === 2 ? authPassword : null,
    addresses: carried.map(({ address }) => address),
    carriers: carried.map(({ carrier }) => carrier),
    tracked: unique(carried.map(({ carrier }) => carrier)).filter((carrier) => carrier !== name),
  };
}

/** The daemon is one for the host: it follows the first instance, with which all others move. */
function syncOf(cluster: Cluster, instances: readonly VrrpInstance[]): KeepalivedSync | null {
  const [first] = instances;
  if (first === undefined) return null;
  const sync = cluster.directors.connectionSync ?? (needsSync(cluster) ? impliedSync(first) : null);
  return sync === null ? null : { ...sync, instance: first.name };
}

/** Between those that share a virtual router, and on its interface. */
function impliedSync({ interface: name, virtualRouterId }: VrrpInstance): ConnectionSync {
  return { interface: name, syncId: virtualRouterId, group: null, port: null, ttl: null };
}

function keepalivedServices(cluster: Cluster): KeepalivedService[] {
  return balancedServices(cluster).map((service) => ({
    ...serviceSettings(service),
    family: service.family,
    protocol: service.protocol,
    check: service.healthCheck,
    quorum: service.quorum,
    sorryServer: service.sorryServer === null ? null : destination(service.sorryServer),
  }));
}

/** Interfaces of a director that moving addresses come to, and that adverts go over. */
export function movingInterfaces(cluster: Cluster, host: Host): string[] {
  const places = virtualRouters(cluster).flatMap((router) => [...router.addresses, router]);
  return unique(places.flatMap(({ interfaces }) => interfaces.get(host.name) ?? []));
}
