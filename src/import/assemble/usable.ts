/** What a topology cannot have is left out first: afterwards places in the topology have numbers. */

import { say } from "../../languages/say.ts";
import { addressKind, familyOf, isLinkLocal } from "../../topology/addresses.ts";
import { ImportError, type Notes } from "../notes.ts";
import type { Observed, ObservedServer, ObservedService, OwnAddress } from "../observed.ts";

/** @throws ImportError where no service is left */
export function usable(seen: Observed, notes: Notes): Observed {
  const vips = new Set(
    seen.services.flatMap(({ selector }) => (selector.kind === "port" ? selector.vip : [])),
  );
  const moving = new Set([...vips, ...seen.carried.map(({ ip }) => ip)]);
  const scope = { vips, several: seen.peers.length > 0 };
  const services = seen.services.flatMap((service) => usableService(service, scope, notes) ?? []);
  const [first] = seen.services;
  if (services.length === 0 && first !== undefined) {
    const reason = notes.all.find(({ lost }) => lost.servers > 0 || lost.services > 0);
    throw new ImportError(
      reason?.place ?? first.place,
      say`a topology can have none of the services: ${reason?.message ?? say`they have no servers`}`,
      reason?.hint ?? say`add one, and import again`,
    );
  }
  return {
    ...seen,
    services,
    // A director without a known address stays one.
    peers: seen.peers.map((addresses) => addresses.filter((address) => isOwn(address, moving, notes))),
    carried: usableAddresses(seen.carried, notes),
    own: usableAddresses(ownAddresses(seen, moving, notes), notes),
  };
}

interface Scope {
  readonly vips: ReadonlySet<string>;
  /** Whether there are several directors. */
  readonly several: boolean;
}

function usableService(service: ObservedService, scope: Scope, notes: Notes): ObservedService | null {
  const { selector, place, sorryServer } = service;
  const lost = { services: 1, servers: service.servers.length };
  if (selector.kind === "port" && !isOfOneHost(selector.vip)) {
    notes.leftOut(
      place,
      say`${selector.vip} cannot be a VIP`,
      say`use an address of the directors' network`,
      {
        lost,
      },
    );
    return null;
  }
  const known = new Set<string>();
  const servers = service.servers.flatMap((server) => {
    const reason = unusable(server, scope) ?? isSecond(server, service, known);
    if (reason === null) return withThresholds(server, notes);
    notes.leftOut(server.place, reason.message, reason.hint, { lost: { servers: 1 } });
    return [];
  });
  if (servers.length === 0) {
    notes.leftOut(place, say`no real server of the service can be in a topology`, say`add one`, {
      lost: { services: 1 },
    });
    return null;
  }
  return {
    ...service,
    ...withoutSip(service, notes),
    servers,
    quorum: quorumOf(service, servers, notes),
    sorryServer: sorryServer === null ? null : usableSorry(sorryServer, servers, scope, notes),
  };
}

interface Reason {
  readonly message: string;
  readonly hint: string;
}

function unusable({ address }: Pick<ObservedServer, "address">, { vips, several }: Scope): Reason | null {
  if (isLoopback(address))
    return several
      ? {
          message: say`${address} is left out: each director itself cannot be a real server of several directors`,
          hint: say`use another server`,
        }
      : null;
  if (!isOfOneHost(address))
    return { message: say`${address} is left out: no host has it`, hint: say`correct it` };
  if (vips.has(address))
    return {
      message: say`${address} is left out: it is a VIP of the directors, too`,
      hint: say`use the server's own address`,
    };
  return null;
}

/** Two ports of one server are one for methods that keep ports. */
function isSecond(
  server: ObservedServer,
  { selector, persistence }: ObservedService,
  known: Set<string>,
): Reason | null {
  const keepsPort = server.forwarding !== "nat" || (selector.kind === "mark" && persistence !== null);
  const key = keepsPort ? server.address : `${server.address} ${server.port}`;
  if (!known.has(key)) {
    known.add(key);
    return null;
  }
  return {
    message: say`${server.address} is given again with another port, which ${server.forwarding} does not change`,
    hint: say`add its weight to the first one's`,
  };
}

/** IPVS ignores a lower threshold above the upper one; a topology has none without an upper one either. */
function withThresholds(server: ObservedServer, notes: Notes): ObservedServer {
  const { upperThreshold, lowerThreshold, place } = server;
  if (lowerThreshold === 0 || lowerThreshold <= upperThreshold) return server;
  notes.leftOut(
    place,
    upperThreshold === 0
      ? say`the lower threshold ${lowerThreshold} is above the upper one, as there is none`
      : say`the lower threshold ${lowerThreshold} is above the upper one, ${upperThreshold}`,
    say`correct them`,
    { effect: "traffic" },
  );
  return { ...server, lowerThreshold: 0 };
}

/** Call ids are in UDP packets. */
function withoutSip(
  { selector, persistence, place }: ObservedService,
  notes: Notes,
): Partial<ObservedService> {
  if (persistence?.engine !== "sip" || selector.kind === "mark" || selector.protocol === "udp") return {};
  notes.leftOut(
    place,
    say`the persistence engine sip is for UDP alone`,
    say`use protocol udp, or do without`,
    {
      effect: "traffic",
    },
  );
  return { persistence: { ...persistence, engine: null } };
}

function quorumOf(
  { quorum, place }: ObservedService,
  servers: readonly ObservedServer[],
  notes: Notes,
): number | null {
  const most = Math.max(
    1,
    servers.reduce((sum, { weight }) => sum + weight, 0),
  );
  if (quorum === null || quorum <= most) return quorum;
  notes.changed(
    place,
    say`quorum ${quorum} is more than the servers weigh together: it becomes ${most}`,
    say`correct the quorum or the weights`,
    { effect: "traffic" },
  );
  return most;
}

type Sorry = NonNullable<ObservedService["sorryServer"]>;

function usableSorry(
  sorry: Sorry,
  servers: readonly ObservedServer[],
  scope: Scope,
  notes: Notes,
): Sorry | null {
  const isServer = servers.some(({ address }) => address === sorry.address);
  const isOther =
    sorry.forwarding !== "tun" && familyOf(sorry.address) !== familyOf(servers[0]?.address ?? "");
  const reason =
    unusable(sorry, scope)?.message ??
    (isServer ? say`${sorry.address} is a real server of the service, too` : null) ??
    (isOther ? say`${sorry.address} is of another family than the service` : null);
  if (reason === null) return sorry;
  notes.leftOut(sorry.place, say`no sorry server: ${reason}`, say`use another host as sorry server`, {
    effect: "traffic",
  });
  return null;
}

/** Where all addresses of the director are known, those that move are among them. */
function ownAddresses({ engine, own, ownIsComplete }: Observed, moving: ReadonlySet<string>, notes: Notes) {
  const isSource = engine === "keepalived" && !ownIsComplete;
  return isSource ? own.filter((address) => !moving.has(address.ip) || isOwn(address, moving, notes)) : own;
}

/** An address that moves is nobody's own. */
function isOwn({ ip, place }: OwnAddress, moving: ReadonlySet<string>, notes: Notes): boolean {
  if (!moving.has(ip)) return isOfOneHost(ip);
  notes.changed(
    place,
    say`${ip} is a director's own address here, and moves with the master elsewhere: the topology has it move`,
    say`correct one of the two`,
    { effect: "traffic" },
  );
  return false;
}

/** Each once: the first of those that are given again. */
function usableAddresses<A extends OwnAddress>(addresses: readonly A[], notes: Notes): A[] {
  const known = new Map<string, A>();
  for (const address of addresses) {
    const { ip, interface: name, place } = address;
    const first = known.get(ip);
    if (!isOfOneHost(ip)) notes.leftOut(place, say`${ip} cannot be an address of directors`, say`remove it`);
    else if (first === undefined) known.set(ip, address);
    else
      notes.leftOut(
        place,
        first.interface === name || name === null
          ? say`the address ${ip} is given again`
          : say`the address ${ip} is on ${first.interface ?? say`another interface`} already: ${name} is left out`,
        say`remove one of them`,
        first.interface === name ? {} : { effect: "traffic" },
      );
  }
  return [...known.values()];
}

/** Not of every segment, of no host, or of many. */
function isOfOneHost(ip: string): boolean {
  return addressKind(ip) === "ordinary" && !isLinkLocal(ip);
}

export function isLoopback(ip: string): boolean {
  return ip.startsWith("127.") || ip === "::1";
}
