/** Who is a director, who a real server and who has a floating address, as the topology is written. */

import type { WholeTopology } from "../topology/whole.ts";
import type { PlacedService } from "./places.ts";

export interface RoleNames {
  readonly directors: ReadonlySet<string>;
  readonly realServers: ReadonlySet<string>;
  /** Hosts of floating addresses. */
  readonly carriers: ReadonlySet<string>;
}

export function rolesOf(
  { directors, floatingAddresses }: WholeTopology,
  services: readonly PlacedService[],
): RoleNames {
  return {
    directors: new Set(directors.hosts),
    realServers: new Set(services.flatMap(({ servers }) => servers.flatMap(({ value }) => value.host ?? []))),
    carriers: new Set(floatingAddresses.flatMap(({ hosts }) => hosts.flatMap(({ host }) => host ?? []))),
  };
}
