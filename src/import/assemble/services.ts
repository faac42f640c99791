/** Observed services -> the topology's. */

import type { HealthCheck, RealServer, VirtualService } from "../../topology/input.generated.ts";
import type { Forwarding, ReturnPath } from "../../topology/model.ts";
import { parsePortRange } from "../../topology/port-range.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer } from "../observed.ts";
import type { Placed } from "./marks.ts";

export interface ServiceScope {
  readonly pointer: string;
  readonly name: string;
  /** null where the VIP is in a subnet of the directors. */
  readonly interface: string | null;
  readonly returnPath: ReturnPath | null;
  /** The host that has an address, or null if it cannot be one. */
  readonly hostOf: (address: string) => string | null;
  readonly checks: boolean;
}

export function assembleService(placed: Placed, scope: ServiceScope, notes: Notes): VirtualService {
  const { service, vip, port, ports, protocol } = placed;
  const { selector, persistence, schedulerFlags, servers } = service;
  const method = mainMethod(servers);
  const healthCheck = scope.checks ? checkOf(placed, scope, notes) : null;
  const sorryServer = sorryOf(placed, method, scope, notes);
  return {
    name: scope.name,
    vip,
    ...(selector.kind === "mark" ? { fwmark: selector.value, ports: [...ports] } : { port: port ?? 0 }),
    protocol,
    scheduler: service.scheduler as NonNullable<VirtualService["scheduler"]>,
    ...(schedulerFlags.length === 0
      ? {}
      : { schedulerFlags: [...schedulerFlags] as NonNullable<VirtualService["schedulerFlags"]> }),
    forwarding: method,
    ...(persistence === null ? {} : { persistence: persistenceOf(persistence) }),
    ...(service.onePacket ? { onePacket: true } : {}),
    ...(scope.interface === null ? {} : { interface: scope.interface }),
    ...(scope.returnPath === null ? {} : { nat: { returnPath: scope.returnPath } }),
    ...(healthCheck === null ? {} : { healthCheck }),
    ...(service.quorum === null || service.quorum === 1 ? {} : { quorum: service.quorum }),
    ...(sorryServer === null ? {} : { sorryServer }),
    realServers: servers.flatMap((server) => serverOf(server, placed, method, scope, notes) ?? []),
  };
}

/** The method of most servers; of two alike that of the first. */
function mainMethod(servers: readonly ObservedServer[]): Forwarding {
  const counts = new Map<Forwarding, number>();
  for (const { forwarding } of servers) counts.set(forwarding, (counts.get(forwarding) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "dr";
}

function persistenceOf({ timeout, netmask, engine }: NonNullable<Placed["service"]["persistence"]>) {
  const isWhole = netmask === null || netmask === "255.255.255.255" || netmask === "128";
  return {
    timeout,
    ...(isWhole ? {} : { netmask: /^\d+$/.test(netmask) ? Number(netmask) : netmask }),
    ...(engine === null ? {} : { engine }),
  };
}

function serverOf(
  server: ObservedServer,
  placed: Placed,
  method: Forwarding,
  { hostOf }: ServiceScope,
  notes: Notes,
): RealServer | null {
  const host = hostOf(server.address);
  const { weight, forwarding, upperThreshold, lowerThreshold, tunnel, place } = server;
  if (host === null) {
    notes.leftOut(
      place,
      `the real server ${server.address} is each director itself, which a topology with several directors cannot have`,
      "use another server",
      { lost: { servers: 1 } },
    );
    return null;
  }
  return {
    host,
    ...portOf(server, placed, notes),
    weight,
    ...(forwarding === method ? {} : { forwarding }),
    ...(tunnel === null || tunnel.type === "ipip"
      ? {}
      : {
          tunnel: {
            type: tunnel.type,
            ...(tunnel.port === null || tunnel.type === "gre" ? {} : { port: tunnel.port }),
          },
        }),
    ...(upperThreshold > 0 ? { upperThreshold } : {}),
    ...(lowerThreshold > 0 ? { lowerThreshold } : {}),
  };
}

/** Only nat rewrites ports: IPVS ignores the ports of dr and tun servers. */
function portOf(
  { port, forwarding, place }: Pick<ObservedServer, "port" | "forwarding" | "place">,
  placed: Placed,
  notes: Notes,
): { port?: number } {
  if (port === null || port === 0 || port === placed.port) return {};
  const isPersistentMark = placed.port === null && placed.service.persistence !== null;
  if (forwarding === "nat" && !isPersistentMark) return { port };
  const why = isPersistentMark ? "a persistent firewall mark" : forwarding;
  const kept = placed.port === null ? "keeps each packet's port" : `keeps the port ${placed.port}`;
  notes.changed(
    place,
    `${why} ${kept}: the server's port ${port} is ignored`,
    'no change is needed; to map ports use forwarding "nat"',
  );
  return {};
}

function sorryOf(
  placed: Placed,
  method: Forwarding,
  { hostOf, pointer, checks }: ServiceScope,
  notes: Notes,
): NonNullable<VirtualService["sorryServer"]> | null {
  const { sorryServer: sorry } = placed.service;
  if (sorry === null || !checks) return null;
  const host = hostOf(sorry.address);
  if (host === null) {
    notes.leftOut(
      sorry.place,
      `the sorry server ${sorry.address} is each director itself, which a topology with several directors cannot have`,
      "use another host as sorry server",
    );
    return null;
  }
  if (sorry.tunnel !== null)
    notes.leftOut(
      sorry.place,
      "the sorry server of a topology has no tunnel type",
      `check ${pointer}/sorryServer`,
    );
  return {
    host,
    ...portOf(sorry, placed, notes),
    ...(sorry.forwarding === method ? {} : { forwarding: sorry.forwarding }),
  };
}

function checkOf(placed: Placed, { pointer }: ServiceScope, notes: Notes): HealthCheck | null {
  const { service, port, ports } = placed;
  const checks = service.servers.map(({ check }) => check);
  const first = checks.find((check) => check !== null) ?? null;
  const other = service.servers.find(({ check }) => JSON.stringify(check) !== JSON.stringify(first));
  if (first !== null && other !== undefined)
    notes.changed(
      other.place,
      `${other.address} has another check than the first server; a topology has one check for a service`,
      "choose a check for all servers, or write two services",
      { pointer: `${pointer}/healthCheck` },
    );
  if (first === null) {
    if (service.sorryServer === null) return null;
    notes.placeholder(
      service.place,
      `${pointer}/healthCheck`,
      "no health check, and the sorry server would never answer: a tcp check is the placeholder",
      "choose a check",
    );
  }
  const check: HealthCheck = first ?? { type: "tcp" };
  const needsPort = !["ping", "script"].includes(check.type) && check.port === undefined;
  const serverPort = service.servers[0]?.port ?? 0;
  const [firstPort = 80] = ports;
  if (!needsPort || (port ?? 0) > 0 || serverPort > 0) return check;
  return { ...check, port: parsePortRange(firstPort)?.first ?? 80 };
}
