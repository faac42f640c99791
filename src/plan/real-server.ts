/** What a real server needs to accept traffic for the VIPs that directors send to it. */

import type { Cluster, Host, RealServer, VirtualService } from "../topology/model.ts";
import { hostPrefix } from "./director.ts";
import type { AddressResource, Resource, SysctlResource } from "./resources.ts";
import { unique } from "./unique.ts";

/** The virtual services that name this host, each with its entry for it. */
interface Membership {
  readonly service: VirtualService;
  readonly server: RealServer;
}

function memberships(cluster: Cluster, host: Host): Membership[] {
  return cluster.services.flatMap((service) =>
    service.realServers.filter((server) => server.host === host.name).map((server) => ({ service, server })),
  );
}

/**
 * The ARP sysctls come before any VIP: a VIP that appears first is answered for by the real server, and clients
 * that hear it go past the director. Stop goes backwards, so the VIPs leave first.
 */
export function realServerResources(cluster: Cluster, host: Host): Resource[] {
  const direct = memberships(cluster, host).filter(({ server }) => server.forwarding === "dr");
  if (direct.length === 0) return [];
  return [...arpSysctls(ingressInterfaces(cluster, host)), ...vipResources(direct)];
}

/** Interfaces that packets from the directors arrive at: those that carry the host's RIPs. */
export function ingressInterfaces(cluster: Cluster, host: Host): string[] {
  const rips = new Set(memberships(cluster, host).map(({ server }) => server.address));
  return unique(host.addresses.filter(({ ip }) => rips.has(ip)).map((address) => address.interface));
}

/**
 * The kernel uses the larger of `all` and the interface's own value (Documentation/networking/ip-sysctl.rst), so
 * `all` suffices until somebody sets it back; both are set.
 */
function arpSysctls(interfaces: readonly string[]): SysctlResource[] {
  return ["all", ...interfaces].flatMap((name): SysctlResource[] => {
    const scope = name === "all" ? "" : ` on ${name}`;
    const key = `net.ipv4.conf.${sysctlSegment(name)}`;
    return [
      {
        kind: "sysctl",
        name: `${key}.arp_ignore`,
        value: "1",
        reason: `answer ARP only for addresses of the asked interface${scope}: never for the VIP on lo`,
      },
      {
        kind: "sysctl",
        name: `${key}.arp_announce`,
        value: "2",
        reason: `ask by ARP with the interface's own address${scope}: never with the VIP`,
      },
    ];
  });
}

/** A dot inside an interface's name is written as a slash, so that the dots of a sysctl's name stay separators. */
export function sysctlSegment(name: string): string {
  return name.replaceAll(".", "/");
}

function vipResources(members: readonly Membership[]): AddressResource[] {
  const addresses = unique(members.map(({ service }) => hostPrefix(service.vip, service.family)));
  return addresses.map((address) => ({ kind: "address", address, interface: "lo", announce: false }));
}
