/**
 * Directors that are each other's real servers. The one without the VIP gets packets for it, and has the same services:
 * IPVS would schedule them again, to and fro. Each strategy has a row with what prevents that.
 */

import { say } from "../languages/say.ts";
import type { AsRealServer, Cluster, FirewallMark, Host, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { carriedVips, quietArp } from "./forwarding/vip-carrier.ts";
import { membershipsOfDirector } from "./memberships.ts";
import type { Resource, SysctlResource } from "./resources.ts";

interface StrategyRow {
  /** IPVS is idle while connection sync is in the state backup (Documentation/networking/ipvs-sysctl.rst). */
  readonly restsInBackup: (cluster: Cluster) => boolean;
  /** Connection sync runs in any case: its state decides whether IPVS is idle. */
  readonly needsSync: boolean;
  /** Services use marks that packets of the other directors do not get. */
  readonly marks: boolean;
}

const strategies: Readonly<Record<AsRealServer, StrategyRow>> = {
  refuse: { restsInBackup: () => false, needsSync: false, marks: false },
  "master-only": { restsInBackup: () => true, needsSync: true, marks: false },
  // A director forwards packets of synchronised connections whether they have a mark or not.
  "fwmark-mac": {
    restsInBackup: ({ directors }) => directors.connectionSync !== null,
    needsSync: false,
    marks: true,
  },
};

/** The strategy of a cluster where a director is a real server of another one; `refuse` where none is. */
export function strategyOf({ directors, services }: Cluster): AsRealServer {
  const names = new Set(directors.hosts);
  const serves = services.some((service) => allServers(service).some(({ host }) => names.has(host ?? "")));
  const hasMaster = directors.engine === "keepalived" && directors.announce === null;
  return serves && names.size > 1 && hasMaster ? directors.asRealServer : "refuse";
}

export function needsSync(cluster: Cluster): boolean {
  return strategies[strategyOf(cluster)].needsSync;
}

export function restsInBackup(cluster: Cluster): boolean {
  return strategies[strategyOf(cluster)].restsInBackup(cluster);
}

/** What a director has as a real server: the VIP without ARP, like any other, while it is not master. */
export function ownServerResources(cluster: Cluster, host: Host): Resource[] {
  const own = membershipsOfDirector(cluster, host);
  return [...(restsInBackup(cluster) ? [backupOnly()] : []), ...quietArp(host, own), ...carriedVips(own)];
}

function backupOnly(): SysctlResource {
  return {
    kind: "sysctl",
    name: "net.ipv4.vs.backup_only",
    value: "1",
    reason: say`IPVS is idle while connection sync is backup: packets from the master are not scheduled again`,
  };
}

/** MAC addresses whose packets get no mark. */
export function unmarkedMacs(cluster: Cluster, host: Host): string[] {
  if (!strategies[strategyOf(cluster)].marks) return [];
  const others = cluster.directors.hosts.filter((name) => name !== host.name);
  return others.flatMap((name) => cluster.hosts.get(name)?.macs ?? []);
}

/** The first mark that lvsgen chooses itself: far from those that people choose. */
const firstMark = 0x4c560001;

/** The services in the IPVS table: by a mark if packets are distinguished by their sender. */
export function balancedServices(cluster: Cluster): readonly VirtualService[] {
  const { services } = cluster;
  if (!strategies[strategyOf(cluster)].marks) return services;
  const taken = new Set(services.map(({ mark }) => mark?.value));
  const free = Array.from({ length: 2 * services.length }, (_, at) => firstMark + at).filter(
    (value) => !taken.has(value),
  );
  return services.map((service, at) =>
    service.mark === null ? byMark(service, free[at] ?? firstMark) : service,
  );
}

function byMark(service: VirtualService, value: number): VirtualService {
  const { port, healthCheck, realServers, sorryServer } = service;
  const mark: FirewallMark = { value, ports: port === 0 ? [] : [{ first: port, last: port }] };
  return {
    ...service,
    mark,
    port: 0,
    realServers: realServers.map((server) => ({ ...server, port: 0 })),
    sorryServer:
      sorryServer === null || sorryServer.forwarding === "nat" ? sorryServer : { ...sorryServer, port: 0 },
    // A mark has no port to check.
    healthCheck: healthCheck === null ? null : { ...healthCheck, port: healthCheck.port ?? (port || null) },
  };
}
