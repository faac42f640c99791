/** Cluster -> LabSpec, pure. */

import { balancedServices } from "../plan/as-real-server.ts";
import { preemptDelay } from "../plan/preempt-delay.ts";
import type { Cluster, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { outsideOf } from "./announced/outside.ts";
import { withBgpRouters } from "./announced/routers.ts";
import { clientFor, type Place } from "./clients.ts";
import type { Draft } from "./draft.ts";
import { kernelModules, labService } from "./lab-services.ts";
import { managedHost } from "./managed-host.ts";
import { movingAddresses } from "./moving.ts";
import { portsOf } from "./ports.ts";
import { withRouter } from "./routing.ts";
import type { ClusterSpec, LabHost, LabOptions, LabVrrp } from "./spec.ts";
import { subnetsOf } from "./subnets.ts";
import { unmanagedHosts } from "./unmanaged.ts";

/**
 * Describes the lab of a cluster.
 *
 * @param scriptsDir absolute folder that holds `<host>/lvs_dr.sh` and `<host>/lvs_rs.sh`
 */
export function labSpec(cluster: Cluster, scriptsDir: string, options: LabOptions): ClusterSpec {
  const { announce } = cluster.directors;
  const taken = takenAddresses(cluster);
  const inside = subnetsOf(cluster);
  const outside = announce === null ? null : outsideOf(inside, taken);
  const draft: Draft = {
    subnets: outside === null ? inside : [...inside, outside.clients, outside.between],
    taken,
    names: new Set(cluster.hosts.keys()),
    macs: 0,
  };
  const managed = [...cluster.hosts.values()].map((host) =>
    managedHost(draft, cluster, host, scriptsDir, options),
  );
  const unmanaged = unmanagedHosts(draft, cluster, (ip) =>
    portsOf(cluster, (server) => server.address === ip),
  );
  const clients = new Map<string, LabHost>();
  const balanced = balancedServices(cluster);
  const clientOf = (place: Place): string => clientFor(draft, cluster, place, clients, outside).name;
  const services = cluster.services.map((service, index) =>
    labService(cluster, service, balanced[index] ?? service, clientOf(vipPlace(service))),
  );
  const moving = movingAddresses(cluster, clientOf);
  const ends = [...managed, ...unmanaged, ...clients.values()];
  const announced =
    announce === null || outside === null ? null : withBgpRouters(draft, cluster, announce, outside, ends);
  return {
    name: cluster.name,
    engine: cluster.directors.engine,
    vrrp: vrrpOf(cluster),
    hosts: announced?.hosts ?? withRouter(draft, cluster, ends),
    subnets: draft.subnets,
    modules: kernelModules(cluster),
    services,
    moving,
    announce: announced?.announce ?? null,
    injections: options.injections,
    shell: options.shell,
  };
}

function takenAddresses(cluster: Cluster): Set<string> {
  const taken = new Set<string>();
  for (const host of cluster.hosts.values()) for (const address of host.addresses) taken.add(address.ip);
  for (const service of cluster.services) {
    taken.add(service.vip);
    for (const server of allServers(service)) taken.add(server.address);
  }
  for (const { ip } of [...cluster.floating, ...cluster.directors.vrrp.addresses]) taken.add(ip);
  for (const { address } of cluster.directors.announce?.neighbors ?? []) taken.add(address);
  return taken;
}

function vrrpOf(cluster: Cluster): LabVrrp | null {
  const { directors, services } = cluster;
  if (directors.engine === "ipvsadm" || directors.hosts.length < 2 || directors.announce !== null)
    return null;
  const { advertInterval, preempt } = directors.vrrp;
  const checks = services.flatMap(({ healthCheck }) => healthCheck ?? []);
  return {
    advertInterval,
    preempt,
    checkPeriod: preemptDelay(checks) ?? 0,
    isSynced: directors.connectionSync !== null,
    link: linkOf(cluster),
  };
}

/** null also where a VIP is on that interface. */
function linkOf({ directors, services }: Cluster): string | null {
  const link = directors.vrrp.interface;
  return services.some(({ interfaces }) => [...interfaces.values()].some((name) => name === link))
    ? null
    : link;
}

function vipPlace({ vip: ip, name, interfaces }: VirtualService): Place {
  return { ip, name, interfaces };
}
