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
    check: ({ cluster }) => cluster.services.flatMap(doubled),
  },
  {
    code: "LVS154",
    name: "a real server of a dr service shares a subnet with every director",
    severity: "error",
    check: (context) =>
      everyResolved(context.cluster, (server) =>
        server.forwarding === "dr" ? offSegment(context, server) : null,
      ),
  },
  {
    code: "LVS155",
    name: "a real server's port is its service's, unless addresses are rewritten (nat)",
    severity: "error",
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
