/** What a director needs to announce VIPs: they are on lo, BIRD speaks to the routers, and a gate says when. */

import { unique } from "../base/unique.ts";
import { say } from "../languages/say.ts";
import type { BgpNeighbor, Cluster, Host, VirtualService } from "../topology/model.ts";
import { subnetsOf } from "../topology/subnets.ts";
import { hostPrefix } from "./addresses.ts";
import { looseFilter } from "./forwarding/reverse-path.ts";
import { quietArpOn } from "./forwarding/vip-carrier.ts";
import type {
  AddressResource,
  AnnouncementResource,
  BgpSession,
  BirdResource,
  Resource,
  SysctlResource,
} from "./resources.ts";
import { destination, selectorOf } from "./virtual-service.ts";

/**
 * The script that decides whether a VIP is announced. keepalived runs it: on systems with SELinux, only what is in this
 * folder runs unconfined then (Fedora's selinux-policy, keepalived.fc).
 */
export const gateScriptPath = "/usr/libexec/keepalived/lvs_gate.sh";

/**
 * Seconds: routers are asked to prefer other directors, then forget this one. They change a route within a second. Then
 * services may go.
 */
export const preferSeconds = 2;
export const forgetSeconds = 3;
export const withdrawSeconds = preferSeconds + forgetSeconds;

/** Schedulers that choose by a hash of the client. */
const hashing: ReadonlySet<string> = new Set(["mh", "sh"]);

/** All of a director that announces; nothing for others. The VIPs stay while they are withdrawn: held connections go on. */
export function announceResources(cluster: Cluster, host: Host): Resource[] {
  const { announce } = cluster.directors;
  if (announce === null) return [];
  return [
    ...announceSysctls(cluster, host),
    ...announcedAddresses(cluster),
    ...(cluster.services.some(({ scheduler }) => hashing.has(scheduler))
      ? [{ kind: "server-order" as const }]
      : []),
    ...(announce.daemon === "bird" ? [birdResource(cluster, host)] : []),
    ...announcements(cluster, host),
  ];
}

/** Interfaces of a host that its routers, and so its packets, are behind. Far routers are behind its gateway. */
export function uplinks(cluster: Cluster, host: Host): string[] {
  const subnets = subnetsOf(host.addresses);
  const ways = neighborsOf(cluster, host).map(
    ({ address }) => subnets.near(address) ?? subnets.near(host.gateway ?? "") ?? host.addresses[0],
  );
  return unique(ways.flatMap((way) => way?.interface ?? []));
}

/** The routers that a director speaks to: those in its subnets, and those with multihop. */
export function neighborsOf(cluster: Cluster, host: Host): BgpNeighbor[] {
  const neighbors = cluster.directors.announce?.neighbors ?? [];
  return neighbors.filter(
    ({ address, multihop }) => multihop || subnetsOf(host.addresses).near(address) !== undefined,
  );
}

function announceSysctls(cluster: Cluster, host: Host): SysctlResource[] {
  const own = unique(host.addresses.filter(({ family }) => family === 4).map((address) => address.interface));
  const ways = uplinks(cluster, host);
  const loose =
    ways.length > 1
      ? ways.map((name) => looseFilter(name, say`packets of a client may come by any of the routers`))
      : [];
  return [...quietArpOn(own), ...loose];
}

/** With their prefix lengths. */
export function announcedVips({ services }: Pick<Cluster, "services">): string[] {
  return unique(services.map(({ vip, family }) => hostPrefix(vip, family)));
}

function announcedAddresses(cluster: Cluster): AddressResource[] {
  return announcedVips(cluster).map((address) => ({
    kind: "address",
    address,
    interface: "lo",
    announce: false,
  }));
}

function birdResource(cluster: Cluster, host: Host): BirdResource {
  const { asn = 0, holdTime = 0, med = null, communities = [] } = cluster.directors.announce ?? {};
  const sessions = neighborsOf(cluster, host).map((neighbor): BgpSession => {
    const { address, multihop, password } = neighbor;
    const near = subnetsOf(host.addresses).near(address);
    return { address, asn: neighbor.asn, source: near?.ip ?? null, multihop, password };
  });
  return {
    kind: "bird",
    routerId: host.addresses.find(({ family }) => family === 4)?.ip ?? "0.0.0.0",
    asn,
    holdTime,
    med,
    communities,
    sessions,
  };
}

/** One a VIP. */
function announcements(cluster: Cluster, host: Host): AnnouncementResource[] {
  const { services, directors } = cluster;
  if (directors.announce === null) return [];
  const { when } = directors.announce;
  const drained = directors.drained.includes(host.name);
  const byVip = new Map<string, VirtualService[]>();
  for (const service of services) {
    const vip = hostPrefix(service.vip, service.family);
    byVip.set(vip, [...(byVip.get(vip) ?? []), service]);
  }
  return [...byVip].map(([vip, ofVip]) => ({
    kind: "announcement",
    vip,
    when,
    drained,
    services: ofVip.map((service) => ({
      selector: selectorOf(service),
      quorum: service.quorum,
      servers: service.realServers.map((server) => destination(server)),
    })),
  }));
}
