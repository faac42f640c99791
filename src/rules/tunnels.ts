/** Rules about tunnels: what wraps packets on the way to a real server, and unwraps them there. */

import { say } from "../languages/say.ts";
import { tunnelDevice, tunnelRow } from "../plan/forwarding/tunnels.ts";
import { isLocal } from "../plan/memberships.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Cluster, RealServer } from "../topology/model.ts";
import { everyResolved } from "./every-server.ts";
import { isSpread } from "./is-spread.ts";
import type { Rule } from "./rule.ts";

export const tunnelRules: readonly Rule[] = [
  {
    code: "LVS170",
    name: "tunnel without forwarding tun",
    severity: "error",
    explain: {
      what: `
        A real server has "tunnel", and its forwarding method is dr or nat.`,
      why: `
        Only tun wraps packets. With dr they leave unwrapped, on the director's own segment, and a server behind a
        tunnel gets none of them. ipvsadm refuses such a line ("Tunnel options conflict with forward method").`,
      fix: `
        Set forwarding to tun, for the service or for this real server, or remove "tunnel".`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, tunnel: { type: gre } }
              - { host: pi3 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, forwarding: tun, tunnel: { type: gre } }
              - { host: pi3 }`,
    },
    check: ({ services, intact }) =>
      services.flatMap(({ value: service, servers, pointer: place }) =>
        servers.flatMap(({ value, pointer }) => {
          const method = value.forwarding ?? service.forwarding ?? "dr";
          if (value.tunnel === undefined || method === "tun") return [];
          if (!intact(`${pointer}/forwarding`) || !intact(`${place}/forwarding`)) return [];
          return {
            pointer: `${pointer}/tunnel`,
            message: say`forwarding ${method} uses no tunnel`,
            hint: say`set forwarding to "tun", or remove "tunnel"`,
          };
        }),
      ),
  },
  {
    code: "LVS171",
    name: "port on a tunnel that is not gue",
    severity: "error",
    explain: {
      what: `
        A tunnel has "port", and its type is ipip or gre.`,
      why: `
        gue wraps the packet in UDP, which has ports. ipip and gre are protocols without ports, and ipvsadm refuses the
        option for them ("Illegal 'tun-port' option with the 'ipip' tunnel type"). A firewall rule written for that port
        would let nothing in.`,
      fix: `
        Remove the port, or set the type to gue.`,
      wrong: `
        virtualServices:
          - name: web
            forwarding: tun
            realServers:
              - { host: pi2, tunnel: { port: 6080 } }
              - { host: pi3 }`,
      right: `
        virtualServices:
          - name: web
            forwarding: tun
            realServers:
              - { host: pi2, tunnel: { type: gue, port: 6080 } }
              - { host: pi3 }`,
    },
    check: ({ services, intact }) =>
      services.flatMap(({ servers }) =>
        servers.flatMap(({ value: { tunnel }, pointer }) => {
          const { type = "ipip", port } = tunnel ?? {};
          if (port === undefined || type === "gue" || !intact(`${pointer}/tunnel`)) return [];
          return {
            pointer: `${pointer}/tunnel/port`,
            message: say`a tunnel of the type ${type} has no port`,
            hint: say`remove "port", or set the type to "gue"`,
          };
        }),
      ),
  },
  {
    code: "LVS172",
    name: "tunnel that no device unwraps",
    severity: "error",
    explain: {
      what: `
        A tunnel brings IPv4 packets wrapped in IPv6 by ipip or gue.`,
      why: `
        A real server receives wrapped packets from any sender on the device that a tunnel module creates when it is
        loaded: tunl0, sit0, gre0, ip6tnl0 or ip6gre0. ip6tnl0 takes only IPv6 in IPv6, so that the kernel drops an IPv4
        packet inside IPv6, and clients time out.`,
      fix: `
        Use the type gre, which wraps IPv4 in IPv6 too, or reach the server at an IPv4 address.`,
      wrong: `
        hosts:
          pi3: { interfaces: { eth0: "fd00::108/64" } }
        virtualServices:
          - name: web
            forwarding: tun
            realServers: [{ host: pi3 }]`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: "fd00::108/64" } }
        virtualServices:
          - name: web
            forwarding: tun
            realServers: [{ host: pi3, tunnel: { type: gre } }]`,
    },
    check: ({ cluster, intact }) =>
      everyResolved(cluster, (server, { family }) => {
        const { forwarding, tunnel, address, pointer, host } = server;
        if (forwarding !== "tun" || !intact(`${pointer}/tunnel`) || isOnDirector(cluster, server))
          return null;
        if (tunnelRow(tunnel.type, familyOf(address), family) !== null) return null;
        return {
          pointer: `${pointer}/${host === null ? "address" : "host"}`,
          message: say`no device unwraps IPv${family} in IPv${familyOf(address)} with ${tunnel.type} (${address})`,
          hint: say`use the tunnel type "gre", or an address of the VIP's family`,
        };
      }),
  },
  {
    code: "LVS173",
    name: "one VIP out of two tunnel devices",
    severity: "error",
    explain: {
      what: `
        A host is a real server of several services of one VIP, and their tunnels end in different devices.`,
      why: `
        The host has the VIP on the device that its packets come from, as the kernel's reverse path filter drops packets
        from a device without an address. An address belongs on one device: packets from the other device are dropped,
        and only one of the two services works.`,
      fix: `
        Use one type of tunnel for all services of a VIP on a host, or two VIPs.`,
      wrong: `
        virtualServices:
          - name: web
            forwarding: tun
            realServers: [{ host: pi2 }]
          - name: tls
            vip: 192.168.1.200
            port: 443
            forwarding: tun
            realServers: [{ host: pi2, tunnel: { type: gre } }]`,
      right: `
        virtualServices:
          - name: web
            forwarding: tun
            realServers: [{ host: pi2 }]
          - name: tls
            vip: 192.168.1.200
            port: 443
            forwarding: tun
            realServers: [{ host: pi2, tunnel: { type: ipip } }]`,
    },
    // IPv6 has no such filter, and its VIPs stay on lo (plan/forwarding/vip-carrier.ts).
    check: ({ cluster, intact }) => {
      const devices = new Map<string, { readonly device: string; readonly name: string }>();
      return everyResolved(cluster, (server, service) => {
        const device = service.family === 4 ? tunnelDevice(service, server) : null;
        if (device === null || server.host === null || !intact(`${server.pointer}/tunnel`)) return null;
        if (isOnDirector(cluster, server)) return null;
        const key = `${server.host} ${service.vip}`;
        const first = devices.get(key);
        if (first === undefined) devices.set(key, { device, name: service.name });
        if (first === undefined || first.device === device) return null;
        return {
          pointer: `${server.pointer}/host`,
          message: say`${service.vip} comes out of ${first.device} on ${server.host} for ${first.name}, and out of ${device} for ${service.name}`,
          hint: say`use one type of tunnel for all services of the VIP on this host`,
        };
      });
    },
  },
  {
    code: "LVS174",
    name: "UDP or SCTP through a tunnel",
    severity: "warning",
    explain: {
      what: `
        A UDP or SCTP service has a real server reached by tun.`,
      why: `
        Wrapping adds 20 bytes or more, so that a client's packet of full size no longer fits. For TCP the real server
        asks for smaller segments, and lvsgen sets that up. UDP cannot: the director fragments a packet that does not
        fit, or answers with an ICMP error if it must not be fragmented, which many clients never see. Small requests
        and answers, such as most of DNS, are fine.`,
      fix: `
        Keep clients' packets small, or give the network between director and server a larger MTU (1600, say), or use dr
        or nat. As a warning this does not stop rendering.`,
      wrong: `
        timeouts: { udp: 60 }
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            forwarding: tun
            realServers: [{ host: pi2 }]`,
      right: `
        timeouts: { udp: 60 }
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            forwarding: dr
            realServers: [{ host: pi2 }]`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap(({ realServers, protocol, name, pointer }): Problem[] => {
        if (protocol === "tcp" || !intact(`${pointer}/protocol`)) return [];
        const wrapped = realServers.find(
          (server) => server.forwarding === "tun" && !isOnDirector(cluster, server),
        );
        if (wrapped === undefined) return [];
        return [
          {
            pointer: `${pointer}/protocol`,
            message: say`${name} is ${protocol} and tunnelled to ${wrapped.host ?? wrapped.address}: clients' large packets do not fit`,
            hint: isSpread(cluster)
              ? say`keep packets small, raise the MTU between director and server, or use dr`
              : say`keep packets small, raise the MTU between director and server, or use dr or nat`,
          },
        ];
      }),
  },
];

function isOnDirector({ directors, hosts }: Cluster, server: RealServer): boolean {
  const director = directors.hosts.includes(server.host ?? "") ? hosts.get(server.host ?? "") : undefined;
  return director !== undefined && isLocal(director, server);
}
