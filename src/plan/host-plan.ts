/** (cluster, host) -> everything that the host gets. Pure; every output is a view of this. */

import type { Cluster, Host } from "../topology/model.ts";
import { directorPlan } from "./director.ts";
import { type Provision, provisionOf } from "./provision/provision.ts";
import { realServerPlan } from "./real-server.ts";
import type { RolePlan } from "./role-plan.ts";

export type { RolePlan } from "./role-plan.ts";

export interface HostPlan {
  readonly host: Host;
  readonly cluster: string;
  /** The host's own addresses: a script refuses to run on a machine without any of them. */
  readonly addresses: readonly string[];
  /** At most one plan a role; none for a host that no service names. */
  readonly roles: readonly RolePlan[];
  readonly provision: Provision;
}

export function planHost(cluster: Cluster, host: Host): HostPlan {
  const roles = [directorPlan(cluster, host), realServerPlan(cluster, host)];
  return {
    host,
    cluster: cluster.name,
    addresses: host.addresses.map(({ ip }) => ip),
    roles: roles.filter((role) => role !== null),
    provision: provisionOf(cluster, host),
  };
}

/**
 * The plans of all hosts, in the topology's order.
 *
 * @example
 * import { checkTopology, planCluster } from "lvsgen";
 * const { cluster } = checkTopology(text, "cluster.yaml");
 * for (const { host, roles } of cluster ? planCluster(cluster) : [])
 *   for (const { role, resources } of roles) console.log(host.name, role, resources.map(({ kind }) => kind));
 */
export function planCluster(cluster: Cluster): HostPlan[] {
  return [...cluster.hosts.values()].map((host) => planHost(cluster, host));
}
