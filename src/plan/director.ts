/** What a director needs for its virtual services, and a host for its floating addresses. */

import { unique } from "../base/unique.ts";
import { say } from "../languages/say.ts";
import type { Cluster, ConnectionSync, Engine, Host, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { hostPrefix } from "./addresses.ts";
import { announceResources, uplinks } from "./announce.ts";
import { inOrder } from "./application-order.ts";
import { balancedServices, ownServerResources, unmarkedMacs } from "./as-real-server.ts";
import { bindingSysctls, carriesFloating, withoutServices } from "./floating.ts";
import { byMethod } from "./forwarding/methods.ts";
import { ingressInterfaces } from "./forwarding/vip-carrier.ts";
import { hostRoutes } from "./host-routes.ts";
import { ipvsSysctls } from "./ipvs-sysctls.ts";
import { keepalivedResource, movingInterfaces } from "./keepalived.ts";
import { addressNear, type Membership, membershipsOfDirector } from "./memberships.ts";
import { openingPlan } from "./openings.ts";
import type { Resource } from "./resources.ts";
import type { RolePlan } from "./role-plan.ts";
import { selinuxBooleans } from "./selinux.ts";
import { interfaceSysctl } from "./sysctl-names.ts";
import { unitResources } from "./units.ts";
import { markRules, serviceModules, serviceResource } from "./virtual-service.ts";

/** The role's plan, or null for a host that is neither a director nor has a floating address. */
export function directorPlan(whole: Cluster, host: Host): RolePlan | null {
  if (whole.directors.hosts.includes(host.name)) return planOf(whole, host);
  return carriesFloating(whole, host) ? planOf(withoutServices(whole), host) : null;
}

function planOf(cluster: Cluster, host: Host): RolePlan {
  const { services, timeouts, directors } = cluster;
  const members = services.flatMap((service) => allServers(service).map((server) => ({ service, server })));
  const engine = engines[directors.engine];
  const firewall = openingPlan(cluster, host, "director");
  return {
    role: "director",
    openings: firewall.said,
    interfaces: unique([
      ...uplinks(cluster, host),
      ...engine.interfaces(cluster, host),
      ...natInterfaces(members, host),
      ...ingressInterfaces(host, membershipsOfDirector(cluster, host)),
    ]),
    resources: inOrder([
      ...(services.length === 0 ? [] : [...serviceModules(services), ...ipvsSysctls(cluster, host)]),
      ...bindingSysctls(cluster, host),
      ...hostRoutes(host),
      ...byMethod(members).flatMap(([method, ofMethod]) => method.director(cluster, host, ofMethod)),
      ...balancedServices(cluster).flatMap((service) => markRules(service, unmarkedMacs(cluster, host))),
      ...ownServerResources(cluster, host),
      ...firewall.applied,
      ...(timeouts === null ? [] : [{ kind: "timeouts" as const, ...timeouts }]),
      ...engine.resources(cluster, host),
      ...unitResources(cluster, host),
      ...announceResources(cluster, host),
    ]),
  };
}

/** What sets up services, their addresses and connection sync, one row an engine. */
const engines: Readonly<Record<Engine, EngineRow>> = {
  ipvsadm: {
    interfaces: ({ services, directors }, host) =>
      directors.announce === null ? vipInterfaces(services, host) : [],
    resources: ({ services, directors }, host) => [
      ...services.map((service) => serviceResource(service)),
      ...(directors.connectionSync === null ? [] : [syncDaemon(directors.connectionSync)]),
      // Announced ones have no neighbours that would ask for them.
      ...(directors.announce === null ? services.flatMap((service) => vipResources(service, host)) : []),
    ],
  },
  keepalived: {
    interfaces: movingInterfaces,
    resources: (cluster, host) => {
      const keepalived = keepalivedResource(cluster, host);
      return [...selinuxBooleans(host, keepalived), keepalived];
    },
  },
};

interface EngineRow {
  readonly interfaces: (cluster: Cluster, host: Host) => string[];
  readonly resources: (cluster: Cluster, host: Host) => Resource[];
}

/** A single director is the master. */
function syncDaemon(sync: ConnectionSync): Resource {
  return { kind: "sync-daemon", state: "master", ...sync };
}

/**
 * A VIP is a /32: with its subnet's prefix it would pull in a second route to that subnet. With ndisc_notify the kernel itself
 * announces an IPv6 address to its neighbours.
 */
function vipResources({ vip, family, interfaces }: VirtualService, host: Host): Resource[] {
  const name = interfaces.get(host.name);
  if (name === undefined) return [];
  const address: Resource = {
    kind: "address",
    address: hostPrefix(vip, family),
    interface: name,
    announce: true,
  };
  if (family === 4) return [address];
  return [
    {
      kind: "sysctl",
      name: interfaceSysctl("ipv6", name, "ndisc_notify"),
      value: "1",
      reason: say`the kernel announces new addresses of ${name} by itself (unsolicited neighbour advertisement)`,
    },
    address,
  ];
}

function vipInterfaces(services: readonly VirtualService[], host: Host): string[] {
  return services.flatMap(({ interfaces }) => interfaces.get(host.name) ?? []);
}

/** Those that answers of NAT real servers return through. */
function natInterfaces(members: readonly Membership[], host: Host): string[] {
  const servers = members.map(({ server }) => server).filter(({ forwarding }) => forwarding === "nat");
  return servers.flatMap(({ address }) => addressNear(host, address)?.interface ?? []);
}
