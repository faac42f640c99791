/** The order of a roll, by the state of the cluster now. */

import { drainTarget } from "../deploy/drain-target.ts";
import { isHolder } from "../deploy/hand-over.ts";
import type { RemoteHost } from "../deploy/remote-host.ts";
import { lossesBy } from "../deploy/roll/losses.ts";
import { planRoll, type RollHost } from "../deploy/roll/plan-roll.ts";
import type { HostStatus } from "../deploy/status.ts";
import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import { ProblemError } from "./errors.ts";

/** @throws ProblemError unless every host answers: the others need its state, or it their requests */
export function refuseUnreached(now: readonly HostStatus[]): void {
  const out = now.filter(({ roles }) => roles.length === 0);
  if (out.length === 0) return;
  const lines = out.map(
    ({ host, state, words, remedy }) =>
      `  ${host}: ${words === "" ? state : words}${remedy === "" ? "" : ` (${remedy})`}`,
  );
  throw new ProblemError([say`nothing was begun, as not every host can be asked:`, ...lines].join("\n"));
}

/** @throws ProblemError where a host cannot be drained without an outage */
export function rollOrder(
  due: readonly RemoteHost[],
  cluster: Cluster,
  parallel: number,
  now: readonly HostStatus[],
): RollHost[][] {
  const hosts = due.map(({ name }): RollHost => {
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
  if (obstacles.length > 0)
    throw new ProblemError(
      say`nothing was begun: ${obstacles.join("; ")}. Leave these out: name the others with --limit`,
    );
  return waves.map((wave) => wave.flatMap((name) => hosts.find((host) => host.name === name) ?? []));
}
