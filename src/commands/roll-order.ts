/** The order of a roll, by the state of the cluster now. */

import { drainTarget } from "../deploy/drain-target.ts";
import { isHolder } from "../deploy/hand-over.ts";
import { lossesBy } from "../deploy/roll/losses.ts";
import { type Obstacle, planRoll, type RollHost } from "../deploy/roll/plan-roll.ts";
import type { HostStatus } from "../deploy/status.ts";
import type { Cluster } from "../topology/model.ts";

/** The hosts to roll, and those whose state decides about them: hosts that have no part in it may be down. */
export function neededFor(cluster: Cluster, due: readonly string[]): Set<string> {
  return new Set(due.flatMap((name) => [name, ...(drainTarget(cluster, name)?.asked ?? [])]));
}

export interface RollOrder {
  /** Hosts that are rolled at once, in order. */
  readonly waves: readonly (readonly RollHost[])[];
  /** Why nothing can be begun; empty if it can. */
  readonly obstacles: readonly Obstacle[];
}

/** @param now of all hosts that are needed */
export function rollOrder(
  due: readonly string[],
  cluster: Cluster,
  parallel: number,
  now: readonly HostStatus[],
): RollOrder {
  const unreached = now.filter(({ roles }) => roles.length === 0).map(unreachedBy);
  if (unreached.length > 0) return { waves: [], obstacles: unreached };
  const hosts = due.map((name): RollHost => {
    const target = drainTarget(cluster, name);
    return {
      name,
      target,
      isDirector: cluster.directors.hosts.includes(name),
      isMaster: isHolder(now, name, target?.shared ?? []),
    };
  });
  const targets = new Map(
    hosts.flatMap(({ target }) => (target === null ? [] : [[target.label, target] as const])),
  );
  const { waves, obstacles } = planRoll(hosts, parallel, lossesBy(cluster, targets, now));
  const named = waves.map((wave) => wave.flatMap((name) => hosts.find((host) => host.name === name) ?? []));
  return { waves: named, obstacles };
}

function unreachedBy({ host, state, words, remedy }: HostStatus): Obstacle {
  const why = words === "" ? state : words;
  return { host, words: `${host}: ${why}${remedy === "" ? "" : ` (${remedy})`}` };
}
