/** What a drain is about: a real server, a host with addresses that move, or both. Pure. */

import { announcedVips, withdrawSeconds } from "../plan/announce.ts";
import { needsSync } from "../plan/as-real-server.ts";
import { virtualRouters } from "../plan/vrrp.ts";
import type { Cluster, RealServer } from "../topology/model.ts";

export interface DrainTarget {
  /** As the directors' scripts call it: its host's name, or its address. */
  readonly label: string;
  readonly isServer: boolean;
  /** Least weight of working servers, by service. */
  readonly quorums: ReadonlyMap<string, number>;
  /** Services that it belongs to and that keep clients at their server. */
  readonly persistent: readonly string[];
  /** Whether they do so for a server of weight 0, too. */
  readonly keepsTemplates: boolean;
  /** Services that it belongs to and that have no connections, which IPVS counts as inactive. */
  readonly connectionless: readonly string[];
  /** What it gives up; empty for a mere server. */
  readonly shared: readonly SharedAddress[];
  /** Whether connections go on when it gives up its addresses. */
  readonly isSynced: boolean;
  /** Hosts whose state counts: directors, and those that may have its addresses. In order of priority. */
  readonly asked: readonly string[];
  /** Those of them that note the drain. */
  readonly noting: readonly string[];
}

/** An address that clients reach at one host of several. */
export interface SharedAddress {
  /** With its prefix length. */
  readonly address: string;
  /** The other hosts that may have it. */
  readonly heirs: readonly string[];
  /** Seconds until one of them has it, at most, if all is well. */
  readonly patience: number;
}

/** Null for a label that is neither a real server nor a host that can give up addresses. */
export function drainTarget(cluster: Cluster, label: string): DrainTarget | null {
  const services = cluster.services.filter(({ realServers }) =>
    realServers.some((server) => labelOf(server) === label),
  );
  const isServer = services.length > 0;
  const shared = sharedAddresses(cluster, label);
  if (!isServer && shared.length === 0) return null;
  const names = (wanted: (service: (typeof services)[number]) => boolean): string[] =>
    services.filter(wanted).map(({ name }) => name);
  const { directors, hosts } = cluster;
  const noting = [...new Set([...(isServer ? directors.hosts : []), ...(shared.length > 0 ? [label] : [])])];
  const asked = new Set([...noting, ...shared.flatMap(({ heirs }) => heirs)]);
  return {
    label,
    isServer,
    quorums: new Map(services.map(({ name, quorum }) => [name, quorum])),
    persistent: names(({ persistence }) => persistence !== null),
    keepsTemplates: directors.hosts.some(
      (name) => hosts.get(name)?.sysctls.expireQuiescentTemplate === false,
    ),
    connectionless: names(({ protocol }) => protocol === "udp"),
    shared,
    isSynced: directors.announce !== null || directors.connectionSync !== null || needsSync(cluster),
    asked: [...new Set([...directors.hosts, ...hosts.keys()])].filter((name) => asked.has(name)),
    noting,
  };
}

export function labelOf({ host, address }: RealServer): string {
  return host ?? address;
}

type Sharing = (cluster: Cluster, host: string) => SharedAddress[];

/** How an address can be at one host of several: one row a way. */
const ways: readonly Sharing[] = [byVrrp, byRoute];

export function sharedAddresses(cluster: Cluster, host: string): SharedAddress[] {
  return ways.flatMap((way) => way(cluster, host)).filter(({ heirs }) => heirs.length > 0);
}

/** Seconds for keepalived to read its configuration. */
const RELOAD = 10;

function byVrrp(cluster: Cluster, host: string): SharedAddress[] {
  return virtualRouters(cluster).flatMap(({ addresses, election }) => {
    const members = election.members.map((member) => member.host);
    if (!members.includes(host)) return [];
    const heirs = members.filter((name) => name !== host);
    const patience = RELOAD + 4 * election.advertInterval;
    return addresses.map(({ address }) => ({ address, heirs, patience }));
  });
}

/** All directors have it, and those that announce it get its connections. */
function byRoute(cluster: Cluster, host: string): SharedAddress[] {
  const { announce, hosts, drained } = cluster.directors;
  const active = hosts.filter((name) => !drained.includes(name));
  if (announce === null || !active.includes(host)) return [];
  const heirs = active.filter((name) => name !== host);
  return announcedVips(cluster).map((address) => ({ address, heirs, patience: RELOAD + withdrawSeconds }));
}
