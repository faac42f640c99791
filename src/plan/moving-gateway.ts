/** The address that moves with the master and is next to a real server: what NAT's answers go to. */

import { inSubnet } from "../topology/addresses.ts";
import type { Cluster, InterfaceAddress, VirtualService } from "../topology/model.ts";
import { subnetsOf } from "../topology/subnets.ts";

/** A floating address without a service is the gateway; without one a VIP is. Null: there is none on the segment. */
export function movingGateway(cluster: Cluster, ip: string): string | null {
  const { directors } = cluster;
  if (directors.engine !== "keepalived") return null;
  return subnetsOf(directors.vrrp.addresses).near(ip)?.ip ?? vipNear(cluster, ip);
}

interface Placed {
  readonly service: VirtualService;
  readonly order: number;
}

/** The VIP of the first service whose interface on every director is on the segment of both. */
function vipNear(cluster: Cluster, ip: string): string | null {
  const { directors, hosts } = cluster;
  const segmentsOf = (director: string) => subnetsOf(hosts.get(director)?.addresses ?? []).all(ip);
  const isNear = ({ service: { vip, interfaces } }: Placed): boolean =>
    [...interfaces].every(([director, name]) =>
      segmentsOf(director).some((own) => own.interface === name && inSubnet(vip, own)),
    );
  const first = segmentsOf(directors.hosts[0] ?? "").flatMap(
    (own) => (servicesOf(cluster).get(own) ?? []).find(isNear) ?? [],
  );
  return first.toSorted((a, b) => a.order - b.order)[0]?.service.vip ?? null;
}

const known = new WeakMap<Cluster, ReadonlyMap<InterfaceAddress, readonly Placed[]>>();

/** By the first director's own address: services with their VIP in its subnet and on its interface. */
function servicesOf(cluster: Cluster): ReadonlyMap<InterfaceAddress, readonly Placed[]> {
  const services = known.get(cluster) ?? listServices(cluster);
  known.set(cluster, services);
  return services;
}

function listServices({ services, directors, hosts }: Cluster): Map<InterfaceAddress, Placed[]> {
  const first = directors.hosts[0] ?? "";
  const own = subnetsOf(hosts.get(first)?.addresses ?? []);
  const found = new Map<InterfaceAddress, Placed[]>();
  for (const [order, service] of services.entries()) {
    for (const address of own.all(service.vip)) {
      if (address.interface !== service.interfaces.get(first)) continue;
      const others = found.get(address);
      if (others === undefined) found.set(address, [{ service, order }]);
      else others.push({ service, order });
    }
  }
  return found;
}
