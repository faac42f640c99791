/** Walks over the real servers of all services, for rules that look at one at a time. */

import type { Problem } from "../diagnostics.ts";
import type { Cluster, RealServer, VirtualService } from "../model.ts";
import type { PlacedService } from "./places.ts";

type PlacedServer = PlacedService["servers"][number];

/** Real servers as written. */
export function everyServer(
  services: readonly PlacedService[],
  check: (server: PlacedServer) => Problem | null,
): Problem[] {
  return services.flatMap(({ servers }) => servers.flatMap((server) => check(server) ?? []));
}

/** Real servers whose address is known. */
export function everyResolved(
  { services }: Cluster,
  check: (server: RealServer, service: VirtualService) => Problem | null,
): Problem[] {
  return services.flatMap((service) => service.realServers.flatMap((server) => check(server, service) ?? []));
}
