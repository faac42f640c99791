/** Who reaches whom in the lab: hosts' gateways, ways to VIPs, and a router where there is more than one subnet. */

import { hostPrefix } from "../plan/addresses.ts";
import { addressNear } from "../plan/memberships.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Cluster, Host } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { contains } from "./addressing.ts";
import { type Draft, freeName, plainHost, takeAddress, wire } from "./draft.ts";
import type { LabHost, LabRoute, LabSubnet } from "./spec.ts";

/** Where a default route leads, by family. */
export const everywhere = { 4: "0.0.0.0/0", 6: "::/0" } as const;

/** A gateway that is one of the cluster's hosts; any other one is the lab's router. */
export function ownRoutes({ hosts }: Cluster, { gateway }: Host): LabRoute[] {
  const isHost = [...hosts.values()].some(({ addresses }) => addresses.some(({ ip }) => ip === gateway));
  return gateway !== null && isHost ? [{ to: everywhere[familyOf(gateway)], via: gateway }] : [];
}

/** Addresses that no subnet holds are on the wire of the interface that carries them: found by ARP there. */
export function routesToVips({ services, floating, hosts }: Cluster, subnet: LabSubnet): LabRoute[] {
  const vips = services.map(({ vip: ip, family, interfaces }) => ({ ip, family, interfaces }));
  const routes = [...vips, ...floating].flatMap(({ ip, family, interfaces }): LabRoute[] => {
    if (contains(subnet.cidr, ip) || family !== subnet.family) return [];
    return [...interfaces].flatMap(([host, name]) => {
      const carrier = hosts
        .get(host)
        ?.addresses.find((address) => address.interface === name && contains(subnet.cidr, address.ip));
      return carrier === undefined ? [] : [{ to: hostPrefix(ip, family), via: null }];
    });
  });
  return [...new Map(routes.map((route) => [route.to, route])).values()];
}

interface Gateway {
  readonly subnet: LabSubnet;
  readonly ip: string;
}

/**
 * Adds a router, and everybody's route to it, when there is more than one subnet of a family. A cable between directors
 * leads nowhere else.
 */
export function withRouter(draft: Draft, cluster: Cluster, ends: readonly LabHost[]): LabHost[] {
  const subnets = draft.subnets.filter((subnet) => !isBetweenDirectors(cluster, subnet));
  const families = subnets.map((subnet) => subnet.family);
  if (new Set(families).size === families.length) return [...ends];
  const gateways = subnets.map((subnet) => ({ subnet, ip: gatewayOf(draft, cluster, subnet) }));
  const interfaces = gateways.map(({ subnet, ip }, index) => ({
    ...wire(draft, subnet, ip),
    name: `eth${index}`,
  }));
  const routed = ends.map((host) => ({
    ...host,
    routes: [...host.routes, ...defaultRoutes(host, gateways)],
  }));
  return [...routed, plainHost(freeName(draft, "router"), "router", interfaces)];
}

/** Whether a subnet is that of the directors' adverts or connection sync alone. */
export function isBetweenDirectors(
  { hosts, directors, services, floating }: Cluster,
  { cidr }: LabSubnet,
): boolean {
  const links = [directors.vrrp.interface, directors.connectionSync?.interface];
  const moving = [...directors.vrrp.addresses, ...floating].map(({ ip }) => ip);
  const others = [...services.map(({ vip }) => vip), ...moving];
  const gateways = [...hosts.values()].flatMap(({ gateway }) => gateway ?? []);
  const servers = services.flatMap((service) => allServers(service).map(({ address }) => address));
  if ([...others, ...gateways, ...servers].some((ip) => contains(cidr, ip))) return false;
  return [...hosts.values()].every(({ name, addresses }) =>
    addresses
      .filter(({ ip }) => contains(cidr, ip))
      .every((address) => directors.hosts.includes(name) && links.includes(address.interface)),
  );
}

/** The gateway that the subnet's hosts name, unless a host has it; otherwise a free address. */
export function gatewayOf(draft: Draft, { hosts }: Cluster, subnet: LabSubnet): string {
  const named = [...hosts.values()].flatMap(({ gateway }) => gateway ?? []);
  const free = named.find((ip) => contains(subnet.cidr, ip) && !draft.taken.has(ip));
  if (free === undefined) return takeAddress(draft, subnet);
  draft.taken.add(free);
  return free;
}

/** A default route of each family that has none, by the first of a host's addresses that has a gateway. */
function defaultRoutes(host: LabHost, gateways: readonly Gateway[]): LabRoute[] {
  const routes = new Map<number, LabRoute>();
  const has = new Set(host.routes.map(({ to }) => to));
  for (const address of host.interfaces.flatMap((wired) => wired.addresses)) {
    const ip = address.split("/")[0] ?? "";
    const gateway = gateways.find(({ subnet }) => contains(subnet.cidr, ip));
    if (!gateway || routes.has(gateway.subnet.family)) continue;
    const to = everywhere[gateway.subnet.family];
    if (!has.has(to)) routes.set(gateway.subnet.family, { to, via: gateway.ip });
  }
  return [...routes.values()];
}

/** The way by which a real server's answers come back to its director (NAT). */
export function routeToDirector(cluster: Cluster, ip: string): LabRoute[] {
  const near = cluster.directors.hosts.flatMap((name) => {
    const director = cluster.hosts.get(name);
    return director === undefined ? [] : (addressNear(director, ip)?.ip ?? []);
  });
  return near[0] === undefined ? [] : [{ to: everywhere[familyOf(ip)], via: near[0] }];
}
