/** What keepalived does on a director, in place of ipvsadm: the moving addresses, the services, the sync daemon. */

import type { Cluster, Host } from "../topology/model.ts";
import type { KeepalivedResource, KeepalivedService, KeepalivedSync, VrrpInstance } from "./resources.ts";
import { unique } from "./unique.ts";
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
    syncGroup: instances.length > 1 ? name : null,
    instances,
    services: keepalivedServices(cluster),
  };
}

function instance({ directors, hosts }: Cluster, host: Host, router: VirtualRouter): VrrpInstance {
  const { family, virtualRouterId, addresses } = router;
  const { advertInterval, preempt, unicast, authPassword } = directors.vrrp;
  const name = router.interfaces.get(host.name) ?? "";
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
    source: unicast && peers.length > 0 ? (advertSource(host, router)?.ip ?? null) : null,
    peers,
    password: version === 2 ? authPassword : null,
    addresses,
  };
}

/** The daemon is one for the host: it follows the first instance, with which all others move. */
function syncOf({ directors }: Cluster, instances: readonly VrrpInstance[]): KeepalivedSync | null {
  const [first] = instances;
  const { connectionSync } = directors;
  if (connectionSync === null || first === undefined) return null;
  return { ...connectionSync, instance: first.name };
}

function keepalivedServices({ services }: Cluster): KeepalivedService[] {
  return services.map((service) => ({
    ...serviceSettings(service),
    family: service.family,
    protocol: service.protocol,
    check: service.healthCheck,
    quorum: service.quorum,
    sorryServer: service.sorryServer === null ? null : destination(service.sorryServer),
  }));
}

/** Interfaces of a director that moving addresses come to. */
export function movingInterfaces(cluster: Cluster, host: Host): string[] {
  return unique(virtualRouters(cluster).flatMap(({ interfaces }) => interfaces.get(host.name) ?? []));
}
