/** Directors in the model, and where they are written. */

import type { Host } from "../topology/model.ts";
import type { PlacedHost } from "./places.ts";
import type { RuleContext } from "./rule.ts";

export interface PlacedDirector {
  readonly director: Host;
  readonly placed: PlacedHost;
}

/** In the order of the hosts. */
export function placedDirectors({ cluster, hosts }: RuleContext): PlacedDirector[] {
  const names = new Set(cluster.directors.hosts);
  return hosts.flatMap((placed) => {
    const director = names.has(placed.name) ? cluster.hosts.get(placed.name) : undefined;
    return director === undefined ? [] : { director, placed };
  });
}
