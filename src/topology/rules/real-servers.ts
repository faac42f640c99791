/** Rules about real servers. */

import { addressKind, canonicalIp, inSubnet } from "../addresses.ts";
import type { Problem } from "../diagnostics.ts";
import { parentOf, pointerOf } from "../json-pointer.ts";
import type { Cluster, Host, RealServer, VirtualService } from "../model.ts";
import { suggestion } from "../suggest.ts";
import type { PlacedService } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const realServerRules: readonly Rule[] = [
  {
    code: "LVS150",
    name: "a real server is a host or an address",
    severity: "error",
    explain: {
      what: `
        An entry of realServers has neither "host" nor "address".`,
      why: `
        There is nobody to send a share of the connections to. The entry is most likely half of a longer one, or its
        key is indented wrongly.`,
      fix: `
        Name one of the hosts with "host", which then gets an lvs_rs.sh, or a machine that somebody else sets up with
        "address".`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { weight: 1 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { address: 192.168.1.50, weight: 1 }`,
    },
    check: ({ services, intact }) =>
      everyServer(services, ({ value, pointer }) =>
        value.host === undefined &&
        value.address === undefined &&
        intact(`${pointer}/host`) &&
        intact(`${pointer}/address`)
          ? {
              pointer: `${pointer}/host`,
              message: "this real server has neither host nor address",
              hint: 'name one of the hosts with "host", or someone else\'s machine with "address"',
            }
          : null,
      ),
  },
  {
    code: "LVS151",
    name: "every real server's host is one of the hosts",
    severity: "error",
    explain: {
      what: `
        A real server's "host" is not among the hosts.`,
      why: `
        Its address is not known, so that no director can send it anything, and nobody would get an lvs_rs.sh under
        that name.`,
      fix: `
        Correct the name, add the host, or give "address" for a machine that lvsgen does not set up.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi33 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3 }`,
    },
    check: ({ services, hostNames, isHost }) =>
      everyServer(services, ({ value: { host }, pointer }) =>
        host === undefined || isHost(host)
          ? null
          : {
              pointer: `${pointer}/host`,
              message: `there is no host ${JSON.stringify(host)}`,
              hint: suggestion(host, hostNames, "the hosts are"),
            },
      ),
  },
  {
    code: "LVS152",
    name: "a real server's address is one of its host's",
    severity: "error",
    explain: {
      what: `
        A real server names a host and an address, and the host does not have that address.`,
      why: `
        The director sends that server's share to an address that nobody answers. IPVS does not check its real
        servers: every other connection under rr hangs until the client gives up, while ipvsadm shows both servers
        with their weights. One wrong digit, .208 for .108, is enough to lose half of all requests.`,
      fix: `
        Leave "address" out: lvsgen takes the host's address in the director's subnet. Give it only to choose among
        several addresses of the host.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3, address: 192.168.1.208 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3, address: 192.168.1.108 }`,
    },
    check: ({ services, cluster, intact }) =>
      everyServer(services, ({ value: { host: name, address }, pointer }) => {
        const host = name === undefined ? undefined : cluster.hosts.get(name);
        if (host === undefined || address === undefined || !intact(pointerOf("hosts", host.name)))
          return null;
        const asked = canonicalIp(address);
        if (host.addresses.some(({ ip }) => ip === asked)) return null;
        return {
          pointer: `${pointer}/address`,
          message: `${host.name} does not have the address ${address}`,
          hint: `leave "address" out, or choose one of ${host.addresses.map(({ ip }) => ip).join(", ")}`,
        };
      }),
  },
  {
    code: "LVS153",
    name: "a real server stands once in a service",
    severity: "error",
    explain: {
      what: `
        One address and port stands twice among the real servers of a service.`,
      why: `
        The kernel knows a real server of a service by address and port, and keeps one entry: the second "ipvsadm -a"
        fails with "Destination already exists". A double share does not come from two entries, and which weight holds
        depends on which line came first.`,
      fix: `
        Keep one of the two. For a greater share give it a greater weight, with a scheduler that heeds weights.`,
      wrong: `
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }, { host: pi2 }]`,
      right: `
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }, { host: pi3 }]`,
    },
    check: ({ cluster }) => cluster.services.flatMap(doubled),
  },
  {
    code: "LVS154",
    name: "a real server of a dr service shares a subnet with every director",
    severity: "error",
    explain: {
      what: `
        A real server reached by dr is in none of a director's subnets.`,
      why: `
        dr leaves the packet as it is, addressed to the VIP, and only sends it to the real server's MAC address. That
        needs both on one segment. Off it, the director's next hop is a router, which sees the VIP as the destination
        and sends the packet back to the director, or drops it. Clients of that server wait until they time out; the
        director's counters show packets going out and nothing wrong.`,
      fix: `
        Mend the address, or a prefix length that is too long. For a server that really is elsewhere use forwarding
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
        server.forwarding === "dr" ? offSegment(context, server) : null,
      ),
  },
  {
    code: "LVS155",
    name: "a real server's port is its service's, unless addresses are rewritten (nat)",
    severity: "error",
    explain: {
      what: `
        A real server reached by dr or tun has another port than its service.`,
      why: `
        dr and tun deliver the client's packet unchanged, so that it arrives at the service's port, whatever the table
        says. ipvsadm puts the service's port in place of the one it is given, without a word. A program that listens
        on 8080 only never sees a connection, and the real server resets those to 80.`,
      fix: `
        Leave "port" out and let the program listen on the service's port, on the VIP; or use forwarding "nat", which
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
        services.flatMap(({ value, pointer }) => (value.port === undefined ? pointer : [])),
      );
      return everyResolved(cluster, (server, service) =>
        server.forwarding === "nat" ||
        server.port === service.port ||
        unnumbered.has(service.pointer) ||
        !knowsForwarding(context, server) ||
        !intact(`${service.pointer}/port`)
          ? null
          : {
              pointer: `${server.pointer}/port`,
              message: `port ${server.port} is not the service's port ${service.port}, and ${server.forwarding} leaves ports as they are`,
              hint: 'leave "port" out, or use forwarding "nat"',
            },
      );
    },
  },
  {
    code: "LVS156",
    name: "a real server's lower threshold is below its upper one",
    severity: "error",
    explain: {
      what: `
        A real server's lower threshold is above its upper one, or there is no upper one for it to belong to.`,
      why: `
        At the upper threshold of connections a server gets no new ones, until it has fewer than the lower one. The
        kernel refuses a pair in the wrong order (ERANGE, with "lower threshold is higher than upper threshold" in its
        log), and an upper one of 0, which means none, counts as lower: the server is missing from the table.`,
      fix: `
        Put them in order, or leave both out. Without a lower one the kernel lets the server in again below three
        quarters of the upper one.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, upperThreshold: 100, lowerThreshold: 200 }
              - { host: pi3, lowerThreshold: 200 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, upperThreshold: 200, lowerThreshold: 100 }
              - { host: pi3 }`,
    },
    check: ({ cluster, intact }) =>
      everyResolved(cluster, ({ upperThreshold, lowerThreshold, pointer }) =>
        lowerThreshold <= upperThreshold || !intact(`${pointer}/upperThreshold`)
          ? null
          : {
              pointer: `${pointer}/lowerThreshold`,
              message:
                upperThreshold === 0
                  ? `the lower threshold ${lowerThreshold} does nothing without an upper one`
                  : `the lower threshold ${lowerThreshold} is above the upper one, ${upperThreshold}`,
              hint: "the lower one says when a server that reached the upper one gets connections again",
            },
      ),
  },
  {
    code: "LVS157",
    name: "some real server of a service has a weight above 0",
    severity: "warning",
    explain: {
      what: `
        Every real server of a service has weight 0.`,
      why: `
        Weight 0 drains a server: connections that are open go on, new ones it does not get. With all of them drained
        the scheduler finds nobody, the kernel logs "no destination available", and clients are refused (ICMP port
        unreachable). After a service was taken down for an evening, this is the line that was forgotten.`,
      fix: `
        Give one of them a weight. Where the service is being taken down, leave it so; as a warning this does not stop
        rendering.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, weight: 0 }
              - { host: pi3, weight: 0 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, weight: 0 }
              - { host: pi3, weight: 1 }`,
    },
    check: ({ cluster, services, intact }) => {
      // Servers that could not be resolved have weights too.
      const written = new Map(services.map(({ pointer, servers }) => [pointer, servers.length]));
      return cluster.services.flatMap(({ realServers, pointer, name }) =>
        realServers.length > 0 &&
        realServers.length === written.get(pointer) &&
        intact(`${pointer}/realServers`) &&
        realServers.every(({ weight }) => weight === 0)
          ? {
              pointer: `${pointer}/realServers`,
              message: `every real server of ${name} has weight 0: new connections are refused`,
              hint: "give one of them a weight, unless the service is being taken down",
            }
          : [],
      );
    },
  },
  {
    code: "LVS158",
    name: "a managed host is named as host, not by its address",
    severity: "warning",
    explain: {
      what: `
        A real server is given by "address", and that is the address of one of the hosts.`,
      why: `
        "address" means a machine that somebody else sets up. The director sends it packets, but it gets no lvs_rs.sh:
        no VIP on lo, so that it drops the packets as not its own, and no ARP sysctls, so that it would answer ARP for
        a VIP that was put there by hand and draw the clients to itself.`,
      fix: `
        Write "host" with its name. Keep "address" only where the host is set up as a real server by other means; as a
        warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { address: 192.168.1.108 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3 }`,
    },
    check: ({ cluster, intact }) => {
      const owners = new Map(
        [...cluster.hosts.values()].flatMap((host) => host.addresses.map(({ ip }) => [ip, host] as const)),
      );
      return everyResolved(cluster, ({ host, address, pointer }) => {
        const owner = host === null && intact(`${pointer}/host`) ? owners.get(address) : undefined;
        if (owner === undefined) return null;
        return {
          pointer: `${pointer}/address`,
          message: `${address} is the host ${owner.name}, which as an address gets no lvs_rs.sh`,
          hint: `write "host": "${owner.name}" instead, unless it is set up by other means`,
        };
      });
    },
  },
  {
    code: "LVS159",
    name: "a real server has an address of its VIP's family, unless tunnelled",
    severity: "error",
    explain: {
      what: `
        A real server's host has no address of the VIP's family, IPv4 or IPv6.`,
      why: `
        dr sends the client's own packet to the server's MAC address, and nat rewrites addresses within one family:
        neither turns IPv4 into IPv6. The kernel takes a server of the other family only for tunnels ("Different
        address family is allowed only for tunneling servers").`,
      fix: `
        Add an address of that family to the host's interfaces. Several addresses of one interface stand in a list.`,
      wrong: `
        hosts:
          pi3: { interfaces: { eth0: "fd00::108/64" } }`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: ["fd00::108/64", 192.168.1.108/24] } }`,
    },
    check: ({ services: placed, cluster, intact }) => {
      const services = new Map(cluster.services.map((service) => [service.pointer, service]));
      return placed.flatMap(({ pointer: place, servers }) => {
        const service = services.get(place);
        if (service === undefined) return [];
        return servers.flatMap(({ value, pointer }) => {
          const host = value.host === undefined ? undefined : cluster.hosts.get(value.host);
          const has = host?.addresses.some(({ family }) => family === service.family) ?? true;
          if (has || value.address !== undefined || !intact(pointerOf("hosts", host?.name ?? ""))) return [];
          return {
            pointer: `${pointer}/host`,
            message: `${value.host} has no IPv${service.family} address for the VIP ${service.vip}`,
            hint: "add one to its interfaces",
          };
        });
      });
    },
  },
];

type PlacedServer = PlacedService["servers"][number];

function everyServer(
  services: readonly PlacedService[],
  check: (server: PlacedServer) => Problem | null,
): Problem[] {
  return services.flatMap(({ servers }) => servers.flatMap((server) => check(server) ?? []));
}

function everyResolved(
  { services }: Cluster,
  check: (server: RealServer, service: VirtualService) => Problem | null,
): Problem[] {
  return services.flatMap((service) => service.realServers.flatMap((server) => check(server, service) ?? []));
}

/** Whether the forwarding method is as written, and not the default in place of one that was refused. */
function knowsForwarding({ intact }: RuleContext, { pointer }: RealServer): boolean {
  return intact(`${pointer}/forwarding`) && intact(`${parentOf(parentOf(pointer))}/forwarding`);
}

function doubled({ realServers, name }: VirtualService): Problem[] {
  const seen = new Map<string, RealServer>();
  return realServers.flatMap((server) => {
    const { address, port, pointer, host } = server;
    const key = `${address} ${port}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, server);
      return [];
    }
    // Two hosts with one address: that is said of the hosts.
    if (first.host !== null && host !== null && first.host !== host) return [];
    return {
      pointer: `${pointer}/${host === null ? "address" : "host"}`,
      message: `${host ?? address} (${address} port ${port}) stands in ${name} already (${first.pointer})`,
      hint: "keep one of the two; a greater share is a greater weight",
    };
  });
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
    if (reaches(director, server.address) || addressKind(server.address) !== "ordinary") continue;
    return {
      pointer: `${server.pointer}/${server.host === null ? "address" : "host"}`,
      message: `${server.host === null ? server.address : `${server.host} (${server.address})`} is in no subnet of the director ${name}: dr reaches only its own segment`,
      hint: 'mend the address or its prefix length, or use forwarding "tun" or "nat"',
    };
  }
  return null;
}

function reaches({ addresses }: Host, ip: string): boolean {
  return addresses.some((address) => inSubnet(ip, address));
}
