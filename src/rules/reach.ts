/** Rules about how packets get to the real servers. */

import { parentOf, pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import { addressKind, inSubnet, isLinkLocal } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Host, RealServer } from "../topology/model.ts";
import { everyResolved } from "./every-server.ts";
import { isSpread } from "./is-spread.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const reachRules: readonly Rule[] = [
  {
    code: "LVS154",
    name: "dr to a real server outside the director's subnets",
    severity: "error",
    explain: {
      what: `
        A real server reached by dr is in none of a director's subnets.`,
      why: `
        dr leaves the packet as it is, addressed to the VIP, and only sends it to the real server's MAC address. That
        needs both on one segment. Otherwise the director's next hop is a router, which sees the VIP as the destination
        and sends the packet back to the director, or drops it. Clients of that server time out; the director's counters
        show outgoing packets and no error.`,
      fix: `
        Correct the address, or a prefix length that is too long. For a server that really is elsewhere use forwarding
        "tun", or "nat" with its return path through the director.`,
      wrong: `
        hosts:
          pi3: { interfaces: { eth0: 192.168.2.108/24 } }`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: 192.168.1.108/24 } }`,
    },
    check: (context) =>
      everyResolved(context.cluster, (server) =>
        server.forwarding === "dr" && knowsForwarding(context, server) ? offSegment(context, server) : null,
      ),
  },
  {
    code: "LVS155",
    name: "real server's port that dr or tun cannot change",
    severity: "error",
    explain: {
      what: `
        A real server reached by dr or tun has another port than its service.`,
      why: `
        dr and tun deliver the client's packet unchanged, so that it arrives at the service's port, whatever the table
        says. ipvsadm replaces the port with the service's without a warning. A program that listens on 8080 only never
        sees a connection, and the real server resets those to 80. Behind a firewall mark every packet keeps its own
        port, and a real server has none.`,
      fix: `
        Remove "port" and let the program listen on the service's port, on the VIP; or use forwarding "nat", which
        rewrites ports.`,
      wrong: `
        virtualServices:
          - name: web
            port: 80
            realServers:
              - { host: pi2 }
              - { host: pi3, port: 8080 }`,
      right: `
        virtualServices:
          - name: web
            port: 80
            realServers:
              - { host: pi2 }
              - { host: pi3 }`,
    },
    check: (context) => {
      const { cluster, services, intact } = context;
      const unnumbered = new Set(
        services.flatMap(({ value, pointer }) =>
          value.port === undefined && value.fwmark === undefined ? pointer : [],
        ),
      );
      return everyResolved(cluster, (server, service) =>
        server.forwarding === "nat" ||
        server.port === service.port ||
        unnumbered.has(service.pointer) ||
        !knowsForwarding(context, server) ||
        !intact(`${service.pointer}/port`) ||
        !intact(`${service.pointer}/fwmark`)
          ? null
          : {
              pointer: `${server.pointer}/port`,
              message:
                service.mark === null
                  ? say`port ${server.port} is not the service's port ${service.port}, and ${server.forwarding} cannot change ports`
                  : say`the service is a firewall mark, and ${server.forwarding} cannot change ports`,
              hint: isSpread(cluster) ? say`remove "port"` : say`remove "port", or use forwarding "nat"`,
            },
      );
    },
  },
];

/** Whether the forwarding method is as written, and not the default in place of one that was refused. */
function knowsForwarding({ intact }: RuleContext, { pointer }: RealServer): boolean {
  return intact(`${pointer}/forwarding`) && intact(`${parentOf(parentOf(pointer))}/forwarding`);
}

function offSegment({ cluster, intact }: RuleContext, server: RealServer): Problem | null {
  for (const name of cluster.directors.hosts) {
    const director = cluster.hosts.get(name);
    if (director === undefined || name === server.host) continue;
    if (
      !intact(pointerOf("hosts", name)) ||
      (server.host !== null && !intact(pointerOf("hosts", server.host)))
    )
      continue;
    if (reaches(director, server.address) || isSpecial(server.address)) continue;
    return {
      pointer: `${server.pointer}/${server.host === null ? "address" : "host"}`,
      message: say`${server.host === null ? server.address : `${server.host} (${server.address})`} is in no subnet of the director ${name}: dr reaches only its own segment`,
      hint: isSpread(cluster)
        ? say`correct the address or its prefix length, or use forwarding "tun"`
        : say`correct the address or its prefix length, or use forwarding "tun" or "nat"`,
    };
  }
  return null;
}

/** Whether other rules refuse the address whatever its subnet (LVS112, LVS114). */
function isSpecial(ip: string): boolean {
  return addressKind(ip) !== "ordinary" || isLinkLocal(ip);
}

function reaches({ addresses }: Host, ip: string): boolean {
  return addresses.some((address) => inSubnet(ip, address));
}
