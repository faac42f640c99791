/** Rules about persistence: a client stays with its real server. */

import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { VirtualService } from "../topology/model.ts";
import { isSpread } from "./is-spread.ts";
import type { Rule } from "./rule.ts";

/** Schedulers that choose by an address: ip_vs_sh.c, ip_vs_mh.c, ip_vs_dh.c. */
const hashing: ReadonlySet<string> = new Set(["sh", "mh", "dh"]);

export const persistenceRules: readonly Rule[] = [
  {
    code: "LVS190",
    name: "persistence netmask of the wrong family",
    severity: "error",
    explain: {
      what: `
        An IPv4 service has a netmask above 32 bits, or an IPv6 service one in dotted form.`,
      why: `
        ipvsadm takes a dotted mask for IPv4 and a number of bits for IPv6, and refuses the other form. Read as bits,
        255.255.255.0 would be 24 of IPv6's 128, which makes one client of a whole provider: all its users would go to
        one server.`,
      fix: `
        For IPv4 write 255.255.255.0 or 24, for IPv6 bits: 64 is one customer's network.`,
      wrong: `
        virtualServices:
          - name: web
            persistence: { timeout: 300, netmask: 64 }`,
      right: `
        virtualServices:
          - name: web
            persistence: { timeout: 300, netmask: 24 }`,
    },
    check: ({ services, cluster, intact }) => {
      const families = new Map(cluster.services.map(({ pointer, family }) => [pointer, family]));
      return services.flatMap(({ value: { persistence }, pointer }): Problem[] => {
        const family = families.get(pointer);
        const { netmask } = persistence ?? {};
        if (netmask === undefined || family === undefined || !intact(`${pointer}/vip`)) return [];
        const fits = typeof netmask === "number" ? family === 6 || netmask <= 32 : family === 4;
        if (fits) return [];
        return [
          {
            pointer: `${pointer}/persistence/netmask`,
            message: say`${JSON.stringify(netmask)} is not an IPv${family} netmask`,
            hint:
              family === 4
                ? say`use 1 to 32 bits, or a mask such as 255.255.255.0`
                : say`use a number of bits, 1 to 128`,
          },
        ];
      });
    },
  },
  {
    code: "LVS191",
    name: "persistence engine sip on a service that is not UDP",
    severity: "error",
    explain: {
      what: `
        A TCP or SCTP service has the persistence engine sip.`,
      why: `
        The engine reads the Call-ID in the first packet's data. It looks into UDP only, as a TCP connection begins
        with a packet without data; for any other packet it fails, and the kernel drops what it cannot tell apart. No
        client would get a connection, and no answer either.`,
      fix: `
        Set the protocol to udp. For SIP over TCP remove "engine": clients are then recognised by their address.`,
      wrong: `
        virtualServices:
          - name: sip
            vip: 192.168.1.201
            port: 5060
            persistence: { timeout: 60, engine: sip }
            realServers: [{ host: pi2 }]`,
      right: `
        virtualServices:
          - name: sip
            vip: 192.168.1.201
            port: 5060
            protocol: udp
            persistence: { timeout: 60, engine: sip }
            realServers: [{ host: pi2 }]`,
    },
    // ip_vs_sip_fill_param: "Only useful with UDP", -EINVAL; ip_vs_schedule then drops (ip_vs_pe_sip.c, ip_vs_core.c).
    check: ({ cluster, intact }) =>
      cluster.services.flatMap(({ persistence, protocol, pointer }) =>
        persistence?.engine !== "sip" || protocol === "udp" || !intact(`${pointer}/protocol`)
          ? []
          : {
              pointer: `${pointer}/persistence/engine`,
              message: say`the engine sip works with UDP only, and drops every ${protocol} packet`,
              hint: say`set "protocol" to "udp", or remove "engine"`,
            },
      ),
  },
  {
    code: "LVS192",
    name: "persistence with a hashing scheduler",
    severity: "warning",
    explain: {
      what: `
        A persistent service has the scheduler sh, mh or dh.`,
      why: `
        These schedulers choose by an address, and so the same server for the same client each time, without memory.
        Persistence adds an entry in memory for each client. The scheduler's advantages are lost: after a failover or a
        change of servers the entry decides instead of the address, and flags such as sh-port, which spread one client
        over servers, have no effect.`,
      fix: `
        Remove persistence, or choose a scheduler by load: wlc or wrr. As a warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: web
            scheduler: sh
            persistence: { timeout: 300 }`,
      right: `
        virtualServices:
          - name: web
            scheduler: wlc
            persistence: { timeout: 300 }`,
    },
    // Where packets of a client come to several directors, LVS312 speaks.
    check: ({ cluster }) =>
      cluster.services.flatMap(({ persistence, scheduler, pointer }) =>
        isSpread(cluster) || persistence === null || persistence.engine !== null || !hashing.has(scheduler)
          ? []
          : {
              pointer: `${pointer}/persistence`,
              message: say`persistence is redundant: ${scheduler} already sends a client to the same server each time`,
              hint: say`remove persistence, or use a scheduler that goes by load, such as wlc`,
            },
      ),
  },
  {
    code: "LVS193",
    name: "onePacket with persistence",
    severity: "warning",
    explain: {
      what: `
        A service has onePacket and persistence by the client's address.`,
      why: `
        onePacket schedules every packet by itself. Persistence comes first: once a client has an entry, all its packets
        go to one server until the timeout, and each packet renews it. A resolver that asks for a whole company stays
        with one server, and a dead server keeps its clients, which onePacket should prevent.`,
      fix: `
        Keep one of the two. With the engine sip, which keeps the packets of one call together, both are right, and
        there is no warning.`,
      wrong: `
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            onePacket: true
            persistence: { timeout: 60 }
            realServers: [{ host: pi2 }]`,
      right: `
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            onePacket: true
            realServers: [{ host: pi2 }]`,
    },
    // The kernel allows it: ip_vs_sched_persist makes a template, and one-packet connections from it (ip_vs_core.c).
    check: ({ cluster }) =>
      cluster.services.flatMap(({ persistence, onePacket, pointer, name }) =>
        !onePacket || persistence === null || persistence.engine !== null
          ? []
          : {
              pointer: `${pointer}/persistence`,
              message: say`${name} schedules every packet by itself (onePacket), and persistence sends a client's packets to one server`,
              hint: say`keep one of the two`,
            },
      ),
  },
  {
    code: "LVS194",
    name: "drained server that keeps its persistent clients",
    severity: "warning",
    explain: {
      what: `
        A persistent service has a real server of weight 0, and expireQuiescentTemplate is off.`,
      why: `
        Weight 0 keeps new clients away. Clients with a persistence entry still open new connections to the server, and
        each one renews the entry: a busy client never leaves, and the server that you want to take down keeps its load.`,
      fix: `
        Remove "expireQuiescentTemplate": it is on by default. Off is right if a client's session lives on one server
        and must end by itself; as a warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: web
            persistence: { timeout: 300 }
            realServers:
              - { host: pi2 }
              - { host: pi3, weight: 0 }
        sysctls: { expireQuiescentTemplate: false }`,
      right: `
        virtualServices:
          - name: web
            persistence: { timeout: 300 }
            realServers:
              - { host: pi2 }
              - { host: pi3, weight: 0 }
        sysctls: { expireQuiescentTemplate: true }`,
    },
    check: ({ cluster }) => {
      const director = cluster.directors.hosts.find(
        (name) => cluster.hosts.get(name)?.sysctls.expireQuiescentTemplate === false,
      );
      if (director === undefined) return [];
      return cluster.services.flatMap(({ persistence, realServers }) =>
        persistence === null
          ? []
          : realServers
              .filter(({ weight }) => weight === 0)
              .map(({ pointer, host, address }) => ({
                pointer: `${pointer}/weight`,
                message: say`${host ?? address} keeps its persistent clients: expireQuiescentTemplate is off on ${director}`,
                hint: say`remove "expireQuiescentTemplate", unless sessions must end by themselves`,
              })),
      );
    },
  },
  {
    code: "LVS197",
    name: "persistence of a list of ports without a firewall mark",
    severity: "warning",
    explain: {
      what: `
        A service has persistence, several "ports" and no "fwmark".`,
      why: `
        Without a mark each port is a service of its own, with persistence of its own: a client's requests to port 80
        stay with one server and those to port 443 with another. A shop that keeps the basket on the server loses it at
        the change to https.`,
      fix: `
        Add a "fwmark": then all of the ports are one service, and a client stays with one server on all of them. If
        each port may choose by itself, nothing needs to change; as a warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            ports: [80, 443]
            persistence: { timeout: 300 }
            realServers: [pi2, pi3]`,
      right: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, 443]
            persistence: { timeout: 300 }
            realServers: [pi2, pi3]`,
    },
    check: ({ cluster, writtenAt }) => {
      const lists = new Map<string, VirtualService[]>();
      for (const service of cluster.services) {
        // The engine sip keeps calls together, not clients.
        if (service.persistence === null || service.persistence.engine !== null || service.mark !== null)
          continue;
        const place = writtenAt(service.pointer);
        const others = lists.get(place);
        if (others === undefined) lists.set(place, [service]);
        else others.push(service);
      }
      return [...lists.values()].flatMap(([first, ...others]) => {
        const last = others.findLast(({ port }) => port !== first?.port);
        if (first === undefined || last === undefined) return [];
        return {
          pointer: `${first.pointer}/ports`,
          message: say`a client may get one server on port ${first.port} and another on port ${last.port}: each port has its own persistence`,
          hint: say`add a "fwmark", which makes one service of all the ports`,
        };
      });
    },
  },
];
