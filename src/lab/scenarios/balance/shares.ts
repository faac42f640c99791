/** How many of a number of equal parts (requests, connections, clients) each server gets. */

import type { LabServer, LabService } from "../../spec.ts";

export interface Share {
  readonly least: number;
  readonly most: number;
}

/** What a rule promises the live ones of a service's servers; a drained server gets nothing. */
export type Sharing = (live: readonly LabServer[], count: number) => (server: LabServer) => Share;

export const anyhow: Sharing = (_, count) => () => ({ least: 0, most: count });

export const evenly: Sharing = (servers, count) => () => ({
  least: Math.floor(count / servers.length),
  most: Math.ceil(count / servers.length),
});

export const byWeight: Sharing = (servers, count) => {
  const total = servers.reduce((sum, server) => sum + server.weight, 0);
  return (server) => ({
    least: Math.floor((count * server.weight) / total),
    most: Math.ceil((count * server.weight) / total),
  });
};

/** At more than one server. */
export const apart: Sharing = (servers, count) => () => ({
  least: 0,
  most: servers.length > 1 ? count - 1 : count,
});

/** Anyhow, but of equal servers not all at one. */
export const shared: Sharing = (servers, count) => {
  const isEqual = new Set(servers.map(({ weight }) => weight)).size === 1;
  return (isEqual && count > 1 ? apart : anyhow)(servers, count);
};

/** All at the heaviest; any of them where several are. */
export const atHeaviest: Sharing = (servers, count) => (server) => {
  const alone = servers.every((other) => other === server || other.weight < server.weight);
  return { least: alone ? count : 0, most: server.weight === heaviest(servers) ? count : 0 };
};

/** The heaviest until it has one connection more than its weight, then the next (ip_vs_ovf). */
export const overflowing: Sharing = (servers, count) => (server) => {
  const heavier = servers.filter((other) => other !== server && other.weight >= server.weight);
  const before = heavier.reduce((sum, other) => sum + other.weight + 1, 0);
  const tied = heavier.some((other) => other.weight === server.weight);
  const rest = Math.min(server.weight + 1, Math.max(0, count - before));
  return { least: tied ? 0 : rest, most: tied ? server.weight + 1 : rest };
};

export function liveServers({ servers }: LabService): LabServer[] {
  return servers.filter(({ weight }) => weight > 0);
}

/** Host of the first of a service's heaviest servers. */
export function heaviestOf({ servers }: LabService): string {
  return servers.find(({ weight }) => weight === heaviest(servers))?.host ?? "";
}

export function heaviest(servers: readonly LabServer[]): number {
  return Math.max(0, ...servers.map(({ weight }) => weight));
}

/** Servers whose count is not what is promised, a line each; also those that are none of the service's. */
export function compareShares(
  service: LabService,
  counts: Readonly<Record<string, number>>,
  sharing: Sharing,
): string[] {
  const live = liveServers(service);
  const count = Object.values(counts).reduce(add, 0);
  const promise = sharing(live, count);
  const problems = hostsOf(service).flatMap((host) => {
    // A host may serve at several ports.
    const shares = live.filter((server) => server.host === host).map(promise);
    const least = shares.reduce((sum, share) => sum + share.least, 0);
    const most = shares.reduce((sum, share) => sum + share.most, 0);
    const got = counts[host] ?? 0;
    const range = least === most ? `${least}` : `${least} to ${most}`;
    return got < least || got > most ? [`${host} got ${got} of ${count}, expected ${range}`] : [];
  });
  const known = new Set(hostsOf(service));
  const strangers = Object.keys(counts).filter((name) => !known.has(name));
  return [...problems, ...strangers.map((name) => `${name} answered and is no server of it`)];
}

/** Counts in the servers' order: `10/10`. */
export function showCounts(service: LabService, counts: Readonly<Record<string, number>>): string {
  return hostsOf(service)
    .map((host) => counts[host] ?? 0)
    .join("/");
}

function hostsOf({ servers }: LabService): string[] {
  return [...new Set(servers.map(({ host }) => host))];
}

function add(one: number, other: number): number {
  return one + other;
}
