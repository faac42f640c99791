/** What a cluster would lose without some of its servers and directors, by its state now. Pure. */

import type { Cluster } from "../../topology/model.ts";
import { lastOf } from "../drain.ts";
import type { DrainTarget } from "../drain-target.ts";
import { withoutHeir } from "../hand-over.ts";
import type { HostStatus } from "../status.ts";

/** @param targets of the hosts that may be drained, by label */
export function lossesBy(
  { services }: Pick<Cluster, "services">,
  targets: ReadonlyMap<string, DrainTarget>,
  now: readonly HostStatus[],
): (labels: readonly string[]) => string[] {
  const quorums = new Map(services.map(({ name, quorum }) => [name, quorum]));
  return (labels) => {
    const shared = labels.flatMap((label) => targets.get(label)?.shared ?? []);
    const lost = [
      ...lastOf(now, labels, (service) => quorums.get(service) ?? 1),
      ...withoutHeir(now, shared),
    ];
    return [...new Set(lost)];
  };
}
