/** Rules about NAT: answers of real servers must come back through the director. */

import { pointerOf } from "../base/json-pointer.ts";
import { isOlder } from "../base/versions.ts";
import { say } from "../languages/say.ts";
import { unavailable } from "../plan/feature-gate.ts";
import { addressNear, directorAddress, isLocal } from "../plan/memberships.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Host, RealServer, VirtualService } from "../topology/model.ts";
import { isMasqueraded } from "../topology/servers.ts";
import { everyResolved } from "./every-server.ts";
import { isSpread } from "./is-spread.ts";
import { placedDirectors } from "./placed-directors.ts";
import { sysctlPlace } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const natRules: readonly Rule[] = [
  {
    code: "LVS160",
    name: "nat server whose answers cannot return through a director",
    severity: "error",
    explain: {
      what: `
        A managed real server reached by nat shares no subnet with a director, and its answers are to come back by a
        source rule or by the default gateway.`,
      why: `
        nat rewrites the packet's destination, and the answer must pass the director to be rewritten back: it is the
        director that knows the connection. The real server can send it there only where the director is a next hop, on
        its own segment. Otherwise the answer reaches the client with the real server's own address, and the client
        resets a connection that it never opened.`,
      fix: `
        Put the server on a segment of the director, or set nat.returnPath to "masquerade": it works over any distance,
        but the server's logs show the director instead of the client. tun needs no return path either.`,
      wrong: `
        hosts:
          pi3: { interfaces: { eth0: 192.168.2.108/24 } }
        virtualServices:
          - name: web
            forwarding: nat`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: 192.168.2.108/24 } }
        virtualServices:
          - name: web
            forwarding: nat
            nat: { returnPath: masquerade }`,
    },
    check: (context) =>
      everyResolved(context.cluster, (server, service) => {
        if (service.returnPath === "masquerade" || !knowsReturnPath(context, service)) return null;
        // LVS310's business.
        if (isSpread(context.cluster)) return null;
        const remote = remoteNat(context, server);
        if (remote === null) return null;
        if (directorAddress(context.cluster, server) !== null) return null;
        return {
          pointer: `${server.pointer}/host`,
          ...(context.cluster.directors.hosts.length > 1
            ? {
                message: say`no floating address is in a subnet of ${remote.name} (${server.address}): after a failover its answers would go to the wrong director`,
                hint: say`add a gateway there to directors.vrrp.addresses, or use nat.returnPath "masquerade"`,
              }
            : {
                message: say`${remote.name} (${server.address}) is in no director's subnet: its answers cannot return through the director`,
                hint: say`correct the address or its prefix length, or use nat.returnPath "masquerade"`,
              }),
        };
      }),
  },
  {
    code: "LVS161",
    name: "nat settings without a nat server",
    severity: "warning",
    explain: {
      what: `
        A service has "nat", which sets how answers of nat servers return, and none of its real servers is reached by
        nat.`,
      why: `
        With dr and tun the real servers answer the client directly, and the setting has no effect. Mostly "forwarding:
        nat" is missing: the default is dr.`,
      fix: `
        Set forwarding to nat, or remove "nat".`,
      wrong: `
        virtualServices:
          - name: web
            nat: { returnPath: masquerade }`,
      right: `
        virtualServices:
          - name: web
            forwarding: nat
            nat: { returnPath: masquerade }`,
    },
    check: ({ cluster, services, intact }) =>
      services.flatMap(({ value, servers, pointer }) => {
        if (value.nat === undefined || !intact(pointer)) return [];
        const { forwarding = "dr", name } = value;
        if (servers.some((server) => (server.value.forwarding ?? forwarding) === "nat")) return [];
        return {
          pointer: `${pointer}/nat`,
          message: say`"nat" has no effect: no real server of ${name} is reached by nat`,
          hint: isSpread(cluster) ? say`remove "nat"` : say`set forwarding to "nat", or remove "nat"`,
        };
      }),
  },
  {
    code: "LVS162",
    name: "nat server with two default gateways",
    severity: "error",
    explain: {
      what: `
        A host is a nat server with returnPath default-gateway in several services or under several addresses, and
        they make different addresses its default gateway.`,
      why: `
        A host has one IPv4 default route. The second one replaces the first, and answers for the first address's
        connections leave towards the wrong one: whether the director takes them on that interface depends on its
        reverse path filter, and the next start would swap them again.`,
      fix: `
        Reach the host at addresses of one segment, or use the default, source rules, which keep a way back for each
        address.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 10.0.0.1/24 } }
          pi3: { interfaces: { eth0: 192.168.1.108/24, eth1: 10.0.0.8/24 } }
        virtualServices:
          - name: web
            forwarding: nat
            vip: 172.16.0.200
            interface: eth0
            nat: { returnPath: default-gateway }
            realServers: [{ host: pi3, address: 10.0.0.8 }]
          - name: tls
            forwarding: nat
            vip: 172.16.0.200
            interface: eth0
            port: 443
            nat: { returnPath: default-gateway }
            realServers: [{ host: pi3, address: 192.168.1.108 }]`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 10.0.0.1/24 } }
          pi3: { interfaces: { eth0: 192.168.1.108/24, eth1: 10.0.0.8/24 } }
        virtualServices:
          - name: web
            forwarding: nat
            vip: 172.16.0.200
            interface: eth0
            realServers: [{ host: pi3, address: 10.0.0.8 }]
          - name: tls
            forwarding: nat
            vip: 172.16.0.200
            interface: eth0
            port: 443
            realServers: [{ host: pi3, address: 192.168.1.108 }]`,
    },
    check: (context) => {
      const gateways = new Map<string, string>();
      return everyResolved(context.cluster, (server, service) => {
        if (service.returnPath !== "default-gateway") return null;
        const remote = remoteNat(context, server);
        if (remote === null) return null;
        const via = directorAddress(context.cluster, server);
        if (via === null) return null;
        const key = `${remote.name} ${familyOf(via)}`;
        const first = gateways.get(key);
        gateways.set(key, first ?? via);
        if (first === undefined || first === via) return null;
        return {
          pointer: `${server.pointer}/host`,
          message: say`${remote.name} would have two default gateways: ${first}, and ${via} for ${service.name}`,
          hint: say`use addresses of one segment, or the default returnPath, source-rule`,
        };
      });
    },
  },
  {
    code: "LVS163",
    name: "nat server that answers its own segment past the director",
    severity: "warning",
    explain: {
      what: `
        The VIP is in the subnet of a real server reached by nat, whose answers come back by its default gateway.`,
      why: `
        A VIP in that subnet may have clients there, too. The server has a direct route to its own segment, which wins
        over any default gateway: it answers those clients directly, past the director, from its own address, and they
        reset the connection. Clients from elsewhere get their answers, so that it looks like a fault of the one client.`,
      fix: `
        Use the default returnPath, source-rule: it wins over the direct route, so that every answer of the service goes
        through the director. Or put the servers on a segment of their own. If no client is on this segment, keep it; as
        a warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: web
            forwarding: nat
            nat: { returnPath: default-gateway }
            realServers: [{ host: pi2 }, { host: pi3 }]`,
      right: `
        virtualServices:
          - name: web
            forwarding: nat
            nat: { returnPath: source-rule }
            realServers: [{ host: pi2 }, { host: pi3 }]`,
    },
    check: (context) => {
      const reported = new Set<string>();
      return everyResolved(context.cluster, (server, { pointer, vip, name, returnPath }) => {
        if (returnPath !== "default-gateway" || reported.has(pointer)) return null;
        const remote = remoteNat(context, server);
        if (remote === null) return null;
        const near = addressNear(remote, vip);
        if (near === null) return null;
        reported.add(pointer);
        return {
          pointer: `${pointer}/nat/returnPath`,
          message: say`${remote.name} answers clients on ${vip}'s own subnet directly, past the director, and they reset it`,
          hint: say`use the default returnPath, source-rule, or a segment of their own for the servers of ${name}`,
        };
      });
    },
  },
  {
    code: "LVS164",
    name: "masquerading without connection tracking",
    severity: "error",
    explain: {
      what: `
        A service masquerades its nat servers, and the sysctls turn conntrack off.`,
      why: `
        netfilter masquerades a connection that it tracks. Without net.ipv4.vs.conntrack IPVS keeps its connections
        from netfilter, the rule never matches, and the servers answer the client directly, who resets the connection.`,
      fix: `
        Remove "conntrack": lvsgen turns it on when a service masquerades. If its cost is too high, use another
        returnPath.`,
      wrong: `
        sysctls: { conntrack: false }
        virtualServices:
          - name: web
            forwarding: nat
            nat: { returnPath: masquerade }`,
      right: `
        sysctls: { conntrack: true }
        virtualServices:
          - name: web
            forwarding: nat
            nat: { returnPath: masquerade }`,
    },
    check: (context) => {
      const masqueraded = context.cluster.services.find(isMasqueraded);
      if (masqueraded === undefined) return [];
      const places = new Map<string, string>();
      for (const { director, placed } of placedDirectors(context)) {
        if (director.sysctls.conntrack === false) places.set(sysctlPlace(placed, "conntrack"), director.name);
      }
      return [...places].map(([pointer, name]) => ({
        pointer,
        message: say`conntrack is off on ${name}, and ${masqueraded.name} needs it to masquerade`,
        hint: say`remove "conntrack": lvsgen turns it on when a service masquerades`,
      }));
    },
  },
  {
    code: "LVS165",
    name: "source rule that catches other packets too",
    severity: "warning",
    explain: {
      what: `
        A nat server with returnPath source-rule has a kernel older than 4.17.`,
      why: `
        Rules that look at protocol and port came with Linux 4.17 (ipproto and sport in ip-rule). On an older kernel the
        rule can match the address only: everything that the host sends from it goes through the director, its ssh
        answers and its updates too, and gets lost unless the director forwards it.`,
      fix: `
        Give the host a second address and use it in the service, or make the director route for the host. If it runs a
        newer kernel, set "kernel"; as a warning this does not stop rendering.`,
      wrong: `
        hosts:
          pi3: { interfaces: { eth0: 192.168.1.108/24 }, kernel: "4.9" }
        virtualServices:
          - name: web
            forwarding: nat`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: 192.168.1.108/24 }, kernel: "4.19" }
        virtualServices:
          - name: web
            forwarding: nat`,
    },
    check: (context) => {
      const reported = new Set<string>();
      return everyResolved(context.cluster, (server, { returnPath }) => {
        const remote = remoteNat(context, server);
        if (remote === null || returnPath !== "source-rule" || !isOlder(remote.kernel, "4.17")) return null;
        const key = `${remote.name} ${server.address}`;
        if (reported.has(key)) return null;
        reported.add(key);
        return {
          pointer: `${server.pointer}/host`,
          message: say`${remote.name} has kernel ${remote.kernel}: everything that it sends from ${server.address} goes through the director`,
          hint: say`use an address for the service alone; if the host runs a newer kernel, set hosts.${remote.name}.kernel`,
        };
      });
    },
  },
  {
    code: "LVS166",
    name: "tunnel from a director to itself",
    severity: "warning",
    explain: {
      what: `
        A director is a real server of its own service, and forwarding is tun.`,
      why: `
        A packet for an address of the director itself never leaves it: the kernel hands it to the local program
        unwrapped, whatever method the table shows. The tunnel's type and port have no effect, and "Tunnel" in ipvsadm's
        list is misleading: no such packet is on the wire.`,
      fix: `
        Use dr for this real server: it does the same, and the table shows it correctly.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi1, forwarding: tun }
              - { host: pi3 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi1, forwarding: dr }
              - { host: pi3 }`,
    },
    // ip_vs_tunnel_xmit: where the route is local, ip_vs_send_or_cont (net/netfilter/ipvs/ip_vs_xmit.c). NAT does rewrite there.
    check: ({ cluster }) => {
      const own = new Map(
        cluster.directors.hosts.flatMap((name) => {
          const director = cluster.hosts.get(name);
          return director === undefined ? [] : [[name, director] as const];
        }),
      );
      return everyResolved(cluster, (server) => {
        const director = own.get(server.host ?? "");
        if (director === undefined || server.forwarding !== "tun" || !isLocal(director, server)) return null;
        return {
          pointer: `${server.pointer}/forwarding`,
          message: say`${director.name} is a director: it does not tunnel packets for itself`,
          hint: say`use forwarding "dr" for this real server`,
        };
      });
    },
  },
  {
    code: "LVS167",
    name: "reused client ports that wait a second",
    severity: "warning",
    explain: {
      what: `
        A director tracks IPVS connections (conntrack, or a service that masquerades), connReuseMode is not 0, and its
        kernel is older than 5.9.`,
      why: `
        When a client's port comes back while its old connection is still remembered, conn_reuse_mode makes IPVS
        schedule it again. With connection tracking, kernels before 5.9 drop that first packet to get rid of the old
        entry, and the client tries again after a second. Behind a busy proxy, which reuses ports all the time, this is
        every few requests.`,
      fix: `
        Remove "connReuseMode": lvsgen chooses by the kernel. Or set it to 0: a reused port then goes to the old
        connection's server.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24 }, kernel: "4.19" }
        sysctls: { conntrack: true, connReuseMode: 1 }`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24 }, kernel: "4.19" }
        sysctls: { conntrack: true }`,
    },
    check: (context) => {
      const masquerades = context.cluster.services.some(({ returnPath }) => returnPath === "masquerade");
      const places = new Map<string, Host>();
      for (const { director, placed } of placedDirectors(context)) {
        const { conntrack = masquerades, connReuseMode = 0 } = director.sysctls;
        if (!conntrack || connReuseMode === 0 || !stalls(director)) continue;
        places.set(sysctlPlace(placed, "connReuseMode"), director);
      }
      return [...places].map(([pointer, { name, kernel, sysctls }]) => ({
        pointer,
        message: say`connReuseMode ${sysctls.connReuseMode} with connection tracking costs a second for each reused port on kernel ${kernel} (${name})`,
        hint: say`remove "connReuseMode": lvsgen chooses by the kernel`,
      }));
    },
  },
];

/** Whether the kernel has conn_reuse_mode, but not yet its fix. */
function stalls(director: Host): boolean {
  const has = unavailable("sysctl conn_reuse_mode", director) === undefined;
  return has && unavailable("port reuse with conntrack", director) !== undefined;
}

/** The managed host behind a server that nat reaches over the wire; null for others, and where not all of it is known. */
function remoteNat({ cluster, intact }: RuleContext, server: RealServer): Host | null {
  const { host: name, forwarding } = server;
  if (forwarding !== "nat" || name === null || cluster.directors.hosts.includes(name)) return null;
  const isWhole = (host: string) => intact(pointerOf("hosts", host));
  if (!isWhole(name) || !intact("/directors") || !cluster.directors.hosts.every(isWhole)) return null;
  return cluster.hosts.get(name) ?? null;
}

/** Whether the way back is as written, and not the default in place of one that was refused. */
function knowsReturnPath({ intact }: RuleContext, { pointer }: VirtualService): boolean {
  return intact(`${pointer}/nat`);
}
