/** Observed services -> the topology's. */

import { say } from "../../languages/say.ts";
import type { RealServer, VirtualService } from "../../topology/input.generated.ts";
import type { Forwarding, ReturnPath } from "../../topology/model.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer } from "../observed.ts";
import { checkOf } from "./checks.ts";
import type { Placed } from "./marks.ts";
import { isLoopback } from "./usable.ts";

export interface ServiceScope {
  readonly pointer: string;
  readonly name: string;
  /** null where the VIP is in a subnet of the directors. */
  readonly interface: string | null;
  readonly returnPath: ReturnPath | null;
  /** The host that has an address, or null if it cannot be one. */
  readonly hostOf: (address: string) => string | null;
  /** Names of the directors. */
  readonly directors: readonly string[];
  readonly checks: boolean;
}

export function assembleService(placed: Placed, scope: ServiceScope, notes: Notes): VirtualService {
  const { service, vip, port, ports, protocol } = placed;
  const { selector, persistence, schedulerFlags, servers } = service;
  const method = mainMethod(servers);
  tellProtocol(placed, scope, notes);
  const healthCheck = scope.checks ? checkOf(placed, `${scope.pointer}/healthCheck`, notes) : null;
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

function tellProtocol({ service, protocol }: Placed, { pointer }: ServiceScope, notes: Notes): void {
  const { unsaidProtocol: unsaid, place } = service;
  if (unsaid === undefined) return;
  notes.changed(
    place,
    protocol === unsaid
      ? say`no protocol is given: keepalived uses ${unsaid} then`
      : say`no protocol is given: keepalived uses ${unsaid} then; the topology has ${protocol}`,
    say`set protocol to what clients use`,
    { pointer: `${pointer}/protocol`, effect: protocol === unsaid ? "placeholder" : "traffic" },
  );
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
  { hostOf, directors }: ServiceScope,
  notes: Notes,
): RealServer | null {
  const host = hostOf(server.address);
  const { weight, forwarding, upperThreshold, lowerThreshold, tunnel } = server;
  if (host === null) return null;
  tellItself(server, host, notes);
  if (directors.length > 1 && directors.includes(host))
    notes.changed(
      server.place,
      say`${server.address} is the director ${host}: with several directors a topology needs a strategy for that`,
      say`set directors.asRealServer, or use another server`,
      { effect: "traffic" },
    );
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

/** Loopback is the director itself: with several, each would have to be a server of its own. */
function tellItself(
  { address, place }: Pick<ObservedServer, "address" | "place">,
  host: string,
  notes: Notes,
): void {
  if (isLoopback(address))
    notes.changed(
      place,
      say`${address} becomes the director ${host}, at its own address; a topology with several directors cannot have it`,
      say`use another host before you add a director`,
      { effect: "traffic" },
    );
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
  const why = isPersistentMark ? say`a persistent firewall mark` : forwarding;
  notes.changed(
    place,
    placed.port === null
      ? say`${why} keeps each packet's port: the server's port ${port} is ignored`
      : say`${why} keeps the port ${placed.port}: the server's port ${port} is ignored`,
    say`no change is needed; to map ports use forwarding "nat"`,
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
  if (host === null) return null;
  tellItself(sorry, host, notes);
  if (sorry.tunnel !== null)
    notes.leftOut(
      sorry.place,
      say`the sorry server of a topology has no tunnel type`,
      say`check ${pointer}/sorryServer`,
    );
  return {
    host,
    ...portOf(sorry, placed, notes),
    ...(sorry.forwarding === method ? {} : { forwarding: sorry.forwarding }),
  };
}
