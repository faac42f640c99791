/** How often tracks ask in the lab: its kernel may have one processor, which all hosts share. */

import { unique } from "../base/unique.ts";
import { directorElection, floatingElections } from "../plan/election.ts";
import { keyOf } from "../plan/tracks.ts";
import type { Cluster, Track, TrackType } from "../topology/model.ts";

/**
 * Hundredths of a second of the processor of a busy User-Mode Linux for one check: a shell starts, and for a connection
 * two of them. What keepalived watches by itself costs nothing.
 */
const costs: Readonly<Record<TrackType, number>> = {
  http: 14,
  tcp: 14,
  process: 9,
  script: 3,
  interface: 0,
  file: 0,
};

/**
 * As many a second may be theirs: the kernel's process does not have this machine for itself. Beyond, checks fail by
 * their own timeouts, and no host is master.
 */
const most = 45;

/** How many times longer tracks wait in the lab; 1 where the processor is fast enough. */
export function pace(cluster: Cluster): number {
  const { directors } = cluster;
  const elections = unique([
    ...floatingElections(cluster).values(),
    ...(directors.engine === "keepalived" ? [directorElection(cluster)] : []),
  ]);
  const hosts = new Map<string, Map<string, Track>>();
  for (const { members, tracks } of elections)
    for (const { host } of members) {
      const own = hosts.get(host) ?? new Map<string, Track>();
      hosts.set(host, own);
      // keepalived asks once, for all instances.
      for (const track of tracks) own.set(keyOf(track), track);
    }
  const all = [...hosts.values()].flatMap((own) => [...own.values()]);
  const busy = all.reduce((sum, { type, interval }) => sum + costs[type] / interval, 0);
  return Math.max(1, busy / most);
}

/** Whole seconds, as keepalived's. */
export function slowed<T extends Pick<Track, "interval" | "timeout">>(track: T, times: number): T {
  return {
    ...track,
    interval: Math.ceil(track.interval * times),
    timeout: Math.ceil(track.timeout * times),
  };
}
