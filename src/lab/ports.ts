/** The ports of a real server, and what health checks ask for at each. */

import type { CheckType, Cluster, HealthCheck, RealServer } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { probePorts } from "./probe-ports.ts";
import type { LabPage, LabPort } from "./spec.ts";
import { refusedStatus, takenStatus } from "./statuses.ts";

/** What a check speaks over; a ping and a program have no port. */
const PROTOCOL_OF: Readonly<Record<CheckType, LabPort["protocol"] | null>> = {
  http: "tcp",
  https: "tcp",
  tcp: "tcp",
  smtp: "tcp",
  dns: "udp",
  udp: "udp",
  ping: null,
  script: null,
};

/** Where a check asks a server; null: at no port. */
export function askedAt(
  check: Pick<HealthCheck, "type" | "port">,
  server: Pick<RealServer, "port">,
): Pick<LabPort, "protocol" | "port"> | null {
  const protocol = PROTOCOL_OF[check.type];
  const port = check.port ?? server.port;
  return protocol === null || port === 0 ? null : { protocol, port };
}

export function portKey({ protocol, port }: Pick<LabPort, "protocol" | "port">): string {
  return `${protocol}/${port}`;
}

/** Ports of a server that services and their checks use. */
export function portsOf(cluster: Cluster, isServer: (server: RealServer) => boolean): LabPort[] {
  const ports = new Map<string, LabPort>();
  const add = (port: LabPort): void => {
    const known = ports.get(portKey(port)) ?? { ...port, asked: [], pages: [] };
    ports.set(portKey(port), {
      ...known,
      asked: [...new Set([...known.asked, ...port.asked])],
      pages: [...known.pages, ...port.pages],
    });
  };
  for (const service of cluster.services) {
    for (const server of allServers(service)) {
      if (!isServer(server)) continue;
      for (const port of server.port === 0 ? probePorts(service) : [server.port])
        add({ protocol: service.protocol, port, asked: [], pages: [] });
      const check = service.healthCheck;
      const at = check === null ? null : askedAt(check, server);
      if (check !== null && at !== null) add({ ...at, asked: [check.type], pages: pagesOf(check) });
    }
  }
  return [...ports.values()];
}

function pagesOf({ type, path, virtualHost, status, digest }: HealthCheck): LabPage[] {
  if (type !== "http" && type !== "https") return [];
  const [taken, refused] = [takenStatus(status), refusedStatus(status)];
  return [{ path, virtualHost, status: taken, wrongStatus: refused, isFixed: digest !== null }];
}
