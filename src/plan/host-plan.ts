/** (cluster, host) -> everything that host shall have. Pure; every output is a view of this. */

import type { Cluster, Host } from "../topology/model.ts";
import { directorResources } from "./director.ts";
import { ingressInterfaces, realServerResources } from "./real-server.ts";
import type { Resource, Role } from "./resources.ts";
import { unique } from "./unique.ts";

/** What one script does on a host. */
export interface RolePlan {
  readonly role: Role;
  /** The interfaces that the role works on: they must exist before anything is done. */
  readonly interfaces: readonly string[];
  /** In the order of application; release is the exact reverse. */
  readonly resources: readonly Resource[];
}

export interface HostPlan {
  readonly host: Host;
  readonly cluster: string;
  /** The host's own addresses: a script refuses to run where none of them is. */
  readonly addresses: readonly string[];
  /** At most one plan a role; none for a host that no service names. */
  readonly roles: readonly RolePlan[];
}

export function planHost(cluster: Cluster, host: Host): HostPlan {
  return {
    host,
    cluster: cluster.name,
    addresses: host.addresses.map(({ ip }) => ip),
    roles: rolesOf(cluster, host),
  };
}

/** The plans of all hosts, in the topology's order. */
export function planCluster(cluster: Cluster): HostPlan[] {
  return [...cluster.hosts.values()].map((host) => planHost(cluster, host));
}

function rolesOf(cluster: Cluster, host: Host): RolePlan[] {
  const director = cluster.directors.hosts.includes(host.name) ? directorResources(cluster, host) : [];
  const realServer = realServerResources(cluster, host);
  const roles: RolePlan[] = [
    { role: "director", interfaces: vipInterfaces(director), resources: director },
    { role: "real-server", interfaces: ingressInterfaces(cluster, host), resources: realServer },
  ];
  return roles.filter(({ resources }) => resources.length > 0);
}

function vipInterfaces(resources: readonly Resource[]): string[] {
  return unique(resources.flatMap((resource) => (resource.kind === "address" ? [resource.interface] : [])));
}
