/** Walks over the servers of all services, sorry servers among them, for rules that look at one at a time. */

import type { Problem } from "../topology/diagnostics.ts";
import type { Cluster, RealServer, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import type { PlacedService } from "./places.ts";

type PlacedServer = PlacedService["servers"][number];

/** As written. */
export function everyServer(
  services: readonly PlacedService[],
  check: (server: PlacedServer) => Problem | null,
): Problem[] {
  return services.flatMap(({ servers }) => servers.flatMap((server) => check(server) ?? []));
}

/** Those whose address is known. */
export function everyResolved(
  { services }: Cluster,
  check: (server: RealServer, service: VirtualService) => Problem | null,
): Problem[] {
  return services.flatMap((service) => allServers(service).flatMap((server) => check(server, service) ?? []));
}
