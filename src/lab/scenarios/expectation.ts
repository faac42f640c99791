/** What schedulers promise one client that sends its requests one after the other. */

import type { LabServer, LabService } from "../spec.ts";

export interface Share {
  readonly least: number;
  readonly most: number;
}

type Promise_ = (servers: readonly LabServer[], count: number) => (server: LabServer) => Share;

const anyShare: Promise_ = (_, count) => () => ({ least: 0, most: count });

const evenly: Promise_ = (servers, count) => () => ({
  least: Math.floor(count / servers.length),
  most: Math.ceil(count / servers.length),
});

const byWeight: Promise_ = (servers, count) => {
  const total = servers.reduce((sum, server) => sum + server.weight, 0);
  return (server) => ({
    least: Math.floor((count * server.weight) / total),
    most: Math.ceil((count * server.weight) / total),
  });
};

/** One row a scheduler; the others depend on load or hashes and promise only that live servers answer. */
const PROMISES: Record<string, Promise_> = { rr: evenly, wrr: byWeight };

/** Requests that make the promise visible: whole rounds of the weights, twenty at least. */
export function requestCount(service: LabService): number {
  const live = service.servers.filter((server) => server.weight > 0);
  const weights = live.map((server) => (service.scheduler === "wrr" ? server.weight : 1));
  const round = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.reduce(gcd, 0));
  return Math.max(1, Math.ceil(20 / Math.max(1, round))) * Math.max(1, round);
}

/** Requests every server must and may answer, by host; a drained server none. */
export function expectedShares(service: LabService, count: number): Map<string, Share> {
  const live = service.servers.filter((server) => server.weight > 0);
  const promise = (PROMISES[service.scheduler] ?? anyShare)(live, count);
  return new Map(
    service.servers.map((server) => [
      server.host,
      server.weight > 0 ? promise(server) : { least: 0, most: 0 },
    ]),
  );
}

function gcd(one: number, other: number): number {
  return other === 0 ? one : gcd(other, one % other);
}
