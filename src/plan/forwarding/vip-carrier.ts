/** A real server that has the VIP itself, as dr and tun need: it takes packets for it and never claims it on the wire. */

import { unique } from "../../base/unique.ts";
import { say } from "../../languages/say.ts";
import type { Host } from "../../topology/model.ts";
import { hostPrefix } from "../addresses.ts";
import type { Membership } from "../memberships.ts";
import type { AddressResource, SysctlResource } from "../resources.ts";
import { interfaceSysctl } from "../sysctl-names.ts";
import { tunnelDevice } from "./tunnels.ts";

/**
 * The VIPs: on lo, or on the tunnel's device where one brings their packets, as the reverse path filter drops packets
 * from a device without an address (fib_validate_source). IPv6 has no such filter, and needs no more than the address: neighbour
 * discovery answers only on the interface that has it.
 */
export function carriedVips(members: readonly Membership[]): AddressResource[] {
  const places = new Map<string, string>();
  for (const { service, server } of members) {
    const address = hostPrefix(service.vip, service.family);
    const device = service.family === 4 ? tunnelDevice(service, server) : null;
    places.set(address, device ?? places.get(address) ?? "lo");
  }
  return [...places].map(([address, name]) => ({
    kind: "address",
    address,
    interface: name,
    announce: false,
  }));
}

/**
 * The ARP sysctls, for IPv4 VIPs. The kernel uses the larger of `all` and the interface's own value
 * (Documentation/networking/ip-sysctl.rst), so `all` suffices until somebody resets it; both are set.
 */
export function quietArp(host: Host, members: readonly Membership[]): SysctlResource[] {
  const quiet = members.filter(({ service }) => service.family === 4);
  return quiet.length === 0 ? [] : quietArpOn(ingressInterfaces(host, quiet));
}

/** The same for whatever has IPv4 VIPs on lo, and these interfaces. */
export function quietArpOn(interfaces: readonly string[]): SysctlResource[] {
  return ["all", ...interfaces].flatMap((name): SysctlResource[] => {
    const isAll = name === "all";
    return [
      {
        kind: "sysctl",
        name: interfaceSysctl("ipv4", name, "arp_ignore"),
        value: "1",
        reason: isAll
          ? say`answer ARP only for addresses of the asked interface: never for the VIP on lo`
          : say`answer ARP only for addresses of the asked interface on ${name}: never for the VIP on lo`,
      },
      {
        kind: "sysctl",
        name: interfaceSysctl("ipv4", name, "arp_announce"),
        value: "2",
        reason: isAll
          ? say`ask by ARP with the interface's own address: never with the VIP`
          : say`ask by ARP with the interface's own address on ${name}: never with the VIP`,
      },
    ];
  });
}

/** Interfaces that packets from the directors arrive at: those that carry the host's RIPs. */
export function ingressInterfaces(host: Host, members: readonly Membership[]): string[] {
  const rips = new Set(members.map(({ server }) => server.address));
  return unique(host.addresses.filter(({ ip }) => rips.has(ip)).map((address) => address.interface));
}
