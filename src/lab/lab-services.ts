/** A virtual service as scenarios see it, and the kernel modules that services need. */

import { checkCommand } from "../plan/check-command.ts";
import { tunnelRow } from "../plan/forwarding/tunnels.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Cluster, HealthCheck, RealServer, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { probePorts } from "./probe-ports.ts";
import type { LabCheck, LabServer, LabService } from "./spec.ts";

export function labService(
  cluster: Cluster,
  service: VirtualService,
  balanced: VirtualService,
  client: string,
): LabService {
  return {
    name: service.name,
    vip: service.vip,
    family: service.family,
    ports: probePorts(service),
    protocol: service.protocol,
    mark: balanced.mark?.value ?? null,
    scheduler: service.scheduler,
    schedulerFlags: service.schedulerFlags,
    persistence: service.persistence,
    onePacket: service.onePacket,
    check: service.healthCheck === null ? null : labCheck(service.healthCheck, balanced),
    servers: balanced.realServers.map((server) => labServer(server)),
    sorry: balanced.sorryServer === null ? null : labServer(balanced.sorryServer),
    client,
    directors: cluster.directors.hosts,
  };
}

function labCheck({ type, port, path, command }: HealthCheck, balanced: VirtualService): LabCheck {
  const { healthCheck: check, realServers } = balanced;
  const programs = check === null || command === null ? [] : realServers.map((to) => checkCommand(check, to));
  return { type, port, path, command, arguments: programs.map(([, ...args]) => args) };
}

function labServer({ host, address, port, weight, upperThreshold, forwarding }: RealServer): LabServer {
  return { host: host ?? address, address, port, weight, upperThreshold, forwarding };
}

/** Modules that make a device in every namespace, or that a scenario would otherwise be the first to load. */
export function kernelModules({ services }: Cluster): string[] {
  const modules = services.flatMap((service) => [
    ...(service.protocol === "sctp" ? ["sctp"] : []),
    ...(service.family === 6 ? ["ip6_tables", "ip6table_mangle", "ip6table_nat"] : []),
    ...allServers(service)
      .filter(({ forwarding }) => forwarding === "tun")
      .flatMap(
        ({ tunnel, address }) => tunnelRow(tunnel.type, familyOf(address), service.family)?.modules ?? [],
      ),
  ]);
  return [...new Set(modules)];
}
