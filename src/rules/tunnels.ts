/** Rules about tunnels: what wraps packets on the way to a real server, and unwraps them there. */

import { tunnelDevice, tunnelRow } from "../plan/forwarding/tunnels.ts";
import { isLocal } from "../plan/memberships.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Cluster, RealServer } from "../topology/model.ts";
import { everyResolved } from "./every-server.ts";
import type { Rule } from "./rule.ts";

export const tunnelRules: readonly Rule[] = [
  {
    code: "LVS170",
    name: "a tunnel belongs to a real server reached by tun",
    severity: "error",
    explain: {
      what: `
        A real server has "tunnel", and its forwarding method is dr or nat.`,
      why: `
        Only tun wraps packets. With dr they go out as they are, on the director's own segment, and the server that was
        meant to be reached through a tunnel gets none of them. ipvsadm refuses such a line ("Tunnel options conflict
        with forward method").`,
      fix: `
        Set forwarding to tun, for the service or for this real server, or take "tunnel" out.`,
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
            message: `${method} uses no tunnel`,
            hint: 'set forwarding to "tun", or take "tunnel" out',
          };
        }),
      ),
  },
  {
    code: "LVS171",
    name: "a tunnel with a port is of the type gue",
    severity: "error",
    explain: {
      what: `
        A tunnel has "port", and its type is ipip or gre.`,
      why: `
        gue puts the packet into UDP, which has ports. ipip and gre are protocols of their own beside UDP, without
        ports, and ipvsadm refuses the option for them ("Illegal 'tun-port' option with the 'ipip' tunnel type"). A
        firewall rule written for that port would let nothing in.`,
      fix: `
        Take the port out, or set the type to gue.`,
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
            message: `${type} has no ports`,
            hint: 'take "port" out, or set the type to "gue"',
          };
        }),
      ),
  },
  {
    code: "LVS172",
    name: "a real server has a device that unwraps its tunnel's packets",
    severity: "error",
    explain: {
      what: `
        A tunnel brings IPv4 packets wrapped in IPv6 by ipip or gue.`,
      why: `
        A real server takes wrapped packets from any sender by the device that a tunnel module makes at its start:
        tunl0, sit0, gre0, ip6tnl0 or ip6gre0. ip6tnl0 takes IPv6 in IPv6 alone, so that an IPv4 packet inside IPv6
        finds no device and is dropped, and clients wait until they time out.`,
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
          message: `no device unwraps IPv${family} out of IPv${familyOf(address)} with ${tunnel.type} (${address})`,
          hint: 'use the tunnel type "gre", or an address of the VIP\'s family',
        };
      }),
  },
  {
    code: "LVS173",
    name: "a VIP comes out of one tunnel device on each real server",
    severity: "error",
    explain: {
      what: `
        A host is a real server of several services of one VIP, and their tunnels end in different devices.`,
      why: `
        The host has the VIP on the device that brings its packets, as the kernel's filter of sources lets nothing in
        by a device without an address. An address has one place: packets out of the other device are dropped, and of
        the two services one works.`,
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
          message: `${service.vip} comes out of ${first.device} on ${server.host} for ${first.name}, and out of ${device} for ${service.name}`,
          hint: "use one type of tunnel for all services of the VIP on this host",
        };
      });
    },
  },
  {
    code: "LVS174",
    name: "a tunnelled service is TCP, whose segments can be kept small enough",
    severity: "warning",
    explain: {
      what: `
        A UDP or SCTP service has a real server reached by tun.`,
      why: `
        Wrapping adds 20 bytes or more, so that a packet of the client that filled the link does not fit any more. For
        TCP the real server asks for smaller segments, and lvsgen sets that up. UDP has no such thing: the director
        answers a packet that does not fit with an ICMP error where it must not be broken up, which many clients never
        see, and breaks it up otherwise. Small questions and answers, such as most of DNS, go through well.`,
      fix: `
        See that clients' packets are small, or that the network between director and server takes larger ones (an MTU
        of 1600, say), or use dr or nat. As a warning this does not stop rendering.`,
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
            message: `${name} is ${protocol} and tunnelled to ${wrapped.host ?? wrapped.address}: clients' large packets do not fit`,
            hint: "see that packets are small or the tunnel's network takes larger ones, or use dr or nat",
          },
        ];
      }),
  },
];

function isOnDirector({ directors, hosts }: Cluster, server: RealServer): boolean {
  const director = directors.hosts.includes(server.host ?? "") ? hosts.get(server.host ?? "") : undefined;
  return director !== undefined && isLocal(director, server);
}
