/** What a director needs for its virtual services, in the order of application. */

import type { Cluster, Host, VirtualService } from "../topology/model.ts";
import type { AddressResource, Resource, VirtualServiceResource } from "./resources.ts";
import { unique } from "./unique.ts";

/**
 * Kernel first, then the IPVS table, the VIPs last: a VIP that is there before its services would refuse
 * connections in the meantime. Stop goes backwards, so the VIPs leave first.
 */
export function directorResources(cluster: Cluster, host: Host): Resource[] {
  return [
    ...moduleResources(cluster.services),
    ...(cluster.timeouts ? [{ kind: "timeouts" as const, ...cluster.timeouts }] : []),
    ...cluster.services.map((service) => serviceResource(service)),
    ...vipResources(cluster.services, host),
  ];
}

function moduleResources(services: readonly VirtualService[]): Resource[] {
  const schedulers = services.map((service) => `ip_vs_${service.scheduler}`);
  return unique(["ip_vs", ...schedulers]).map((name) => ({ kind: "module", name }));
}

function serviceResource(service: VirtualService): VirtualServiceResource {
  const { name, vip, port, protocol, scheduler } = service;
  const destinations = service.realServers.map((server) => ({
    label: server.host ?? server.address,
    address: server.address,
    port: server.port,
    forwarding: server.forwarding,
    weight: server.weight,
    upperThreshold: server.upperThreshold,
    lowerThreshold: server.lowerThreshold,
  }));
  return { kind: "virtual-service", name, vip, port, protocol, scheduler, destinations };
}

/** A VIP is a /32: with its subnet's prefix it would pull in a second route to that subnet. */
function vipResources(services: readonly VirtualService[], host: Host): AddressResource[] {
  const byAddress = new Map<string, AddressResource>();
  for (const service of services) {
    const name = service.interfaces.get(host.name);
    if (name === undefined) continue;
    const address = hostPrefix(service.vip, service.family);
    byAddress.set(`${address} ${name}`, { kind: "address", address, interface: name, announce: true });
  }
  return [...byAddress.values()];
}

/** The address with the prefix length that covers it alone. */
export function hostPrefix(address: string, family: 4 | 6): string {
  return `${address}/${family === 4 ? 32 : 128}`;
}
