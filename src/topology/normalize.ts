/** Topology as written -> the cluster as the rest of lvsgen sees it. */

import { canonicalIp, familyOf, inSubnet } from "./addresses.ts";
import type {
  RealServer as RealServerInput,
  VirtualService as ServiceInput,
  Topology,
} from "./input.generated.ts";
import { pointerOf } from "./json-pointer.ts";
import { mergeDefaults } from "./merge-defaults.ts";
import type {
  Cluster,
  Family,
  Host,
  InterfaceAddress,
  RealServer,
  Timeouts,
  VirtualService,
} from "./model.ts";
import { normalizeHost } from "./normalize-host.ts";

/** The kernel's own (net/netfilter/ipvs/ip_vs_proto_tcp.c, ip_vs_proto_udp.c). */
const kernelTimeouts: Timeouts = { tcp: 900, tcpFin: 120, udp: 300 };

/**
 * Fills in defaults, brings addresses into canonical form and resolves references. What cannot be resolved is left
 * out, as rules report it. Lists may have holes where the schema found something wrong: they keep their places.
 */
export function normalize(topology: Topology): Cluster {
  const hosts = normalizeHosts(topology);
  const directorNames = topology.directors.hosts.filter((name) => hosts.has(name));
  const directors = directorNames.flatMap((name) => hosts.get(name) ?? []);
  return {
    name: topology.name,
    hosts,
    directors: { hosts: directorNames, engine: topology.directors.engine ?? "ipvsadm" },
    services: topology.virtualServices.flatMap(
      (service, index) =>
        normalizeService(service, pointerOf("virtualServices", index), hosts, directors) ?? [],
    ),
    timeouts: topology.timeouts === undefined ? null : { ...kernelTimeouts, ...topology.timeouts },
  };
}

function normalizeHosts(topology: Topology): Map<string, Host> {
  const hosts = new Map<string, Host>();
  for (const [name, input] of Object.entries(topology.hosts)) {
    const host = normalizeHost(name, mergeDefaults(topology, input));
    if (host !== null) hosts.set(name, host);
  }
  return hosts;
}

function normalizeService(
  input: ServiceInput,
  pointer: string,
  hosts: ReadonlyMap<string, Host>,
  directors: readonly Host[],
): VirtualService | null {
  const vip = canonicalIp(input.vip);
  if (vip === null) return null;
  const family = familyOf(vip);
  const port = input.port ?? 0;
  const servers = input.realServers.flatMap(
    (server, index) =>
      normalizeServer(server, {
        pointer: `${pointer}/realServers/${index}`,
        service: input,
        port,
        family,
        hosts,
        directors,
      }) ?? [],
  );
  return {
    name: input.name,
    vip,
    family,
    port,
    protocol: input.protocol ?? "tcp",
    scheduler: input.scheduler ?? "wlc",
    interfaces: vipInterfaces(vip, input.interface, directors),
    realServers: servers,
    pointer,
  };
}

/** By director the interface that was asked for, or else the one whose subnet holds the VIP. */
function vipInterfaces(
  vip: string,
  asked: string | undefined,
  directors: readonly Host[],
): Map<string, string> {
  const interfaces = new Map<string, string>();
  for (const { name, addresses } of directors) {
    const carriers =
      asked === undefined
        ? addresses.filter((address) => inSubnet(vip, address)).toSorted((a, b) => b.prefix - a.prefix)
        : addresses.filter((address) => address.interface === asked);
    if (carriers[0] !== undefined) interfaces.set(name, carriers[0].interface);
  }
  return interfaces;
}

interface ServerScope {
  readonly pointer: string;
  readonly service: ServiceInput;
  readonly port: number;
  readonly family: Family;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly directors: readonly Host[];
}

function normalizeServer(input: RealServerInput, scope: ServerScope): RealServer | null {
  const address = realServerAddress(input, scope);
  if (address === null) return null;
  return {
    host: input.host ?? null,
    address,
    port: input.port ?? scope.port,
    weight: input.weight ?? 1,
    forwarding: input.forwarding ?? scope.service.forwarding ?? "dr",
    upperThreshold: input.upperThreshold ?? 0,
    lowerThreshold: input.lowerThreshold ?? 0,
    pointer: scope.pointer,
  };
}

function realServerAddress(input: RealServerInput, { hosts, directors, family }: ServerScope): string | null {
  if (input.host === undefined) return input.address === undefined ? null : canonicalIp(input.address);
  const host = hosts.get(input.host);
  if (host === undefined) return null;
  if (input.address !== undefined) {
    const asked = canonicalIp(input.address);
    return host.addresses.some(({ ip }) => ip === asked) ? asked : null;
  }
  const candidates = host.addresses.filter((address) => address.family === family);
  return (candidates.find((address) => sharesSubnet(address, directors)) ?? candidates[0])?.ip ?? null;
}

function sharesSubnet({ ip }: InterfaceAddress, directors: readonly Host[]): boolean {
  return directors.some((director) => director.addresses.some((address) => inSubnet(ip, address)));
}
