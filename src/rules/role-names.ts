/** Who is a director and who a real server, as the topology is written. */

import type { Topology } from "../topology/input.generated.ts";
import type { PlacedService } from "./places.ts";

export interface RoleNames {
  readonly directors: ReadonlySet<string>;
  readonly realServers: ReadonlySet<string>;
}

export function rolesOf({ directors }: Topology, services: readonly PlacedService[]): RoleNames {
  return {
    directors: new Set(directors.hosts),
    realServers: new Set(services.flatMap(({ servers }) => servers.flatMap(({ value }) => value.host ?? []))),
  };
}
