/** What keepalived does on a director, in place of ipvsadm: the moving addresses, the services, the sync daemon. */

import { unique } from "../base/unique.ts";
import type { Cluster, ConnectionSync, Host } from "../topology/model.ts";
import { balancedServices, needsSync, strategyOf } from "./as-real-server.ts";
import type {
  FloatingInstance,
  InstanceTrack,
  KeepalivedResource,
  KeepalivedService,
  KeepalivedSync,
  NamedTrack,
  VrrpInstance,
} from "./resources.ts";
import { keyOf, nameTracks, watchedBy } from "./tracks.ts";
import { destination, serviceSettings } from "./virtual-service.ts";
import { advertSource, type VirtualRouter, virtualRouters, vrrpVersion } from "./vrrp.ts";

export function keepalivedResource(cluster: Cluster, host: Host): KeepalivedResource {
  const routers = routersOf(cluster, host);
  const tracks = nameTracks(routers.flatMap(({ election }) => election.tracks));
  const instances = routers.map((router) => ({
    ...instance(cluster, host, router, routers),
    ...tracksOf(router, host, tracks),
  }));
  const ofDirectors = instances.filter(({ floating }) => floating === undefined);
  return {
    kind: "keepalived",
    version: host.platform.keepalived ?? "",
    routerId: host.name,
    notification: cluster.directors.notification,
    sync: syncOf(cluster, ofDirectors),
    asRealServer: strategyOf(cluster),
    syncGroup: ofDirectors.length > 1 ? cluster.name : null,
    instances,
    ...(tracks.length === 0 ? {} : { tracks }),
    services: keepalivedServices(cluster),
    ...(cluster.directors.announce === null ? {} : { announces: true }),
  };
}

/** Those that the host is a member of. */
export function routersOf(cluster: Cluster, host: Host): VirtualRouter[] {
  return virtualRouters(cluster).filter(({ election }) =>
    election.members.some((member) => member.host === host.name),
  );
}

/** A floating address's name, so that keepalived's messages have it. */
function nameOf({ interfaces, family, virtualRouterId, floating }: VirtualRouter, host: Host): string {
  return floating ?? `${interfaces.get(host.name) ?? ""}-ipv${family}-${virtualRouterId}`;
}

/** The group is named for its first address, with a character that names of the topology do not have. */
function floatingOf(
  router: VirtualRouter,
  routers: readonly VirtualRouter[],
): { readonly floating?: FloatingInstance } {
  if (router.floating === null) return {};
  const together = routers.filter(({ election }) => election === router.election);
  return {
    floating: {
      syncGroup: together.length < 2 ? null : `${together[0]?.floating}.group`,
      notify: router.election.notify,
      notifyOn: router.election.notifyOn,
      garp: router.election.garp,
      units: router.hasUnits,
    },
  };
}

/** Without the interface that it sends adverts from, which keepalived watches in any case. */
function tracksOf(
  { election, interfaces }: VirtualRouter,
  host: Host,
  named: readonly NamedTrack[],
): { readonly tracks?: readonly InstanceTrack[] } {
  const names = new Map(named.map(({ name, track }) => [keyOf(track), name]));
  const own = interfaces.get(host.name);
  const tracks = election.tracks
    .filter(({ type, name }) => type !== "interface" || name !== own)
    .map((track) => ({
      name: names.get(keyOf(track)) ?? "",
      by: watchedBy(track),
      weight: track.weight,
    }));
  return tracks.length === 0 ? {} : { tracks };
}

function instance(
  { hosts }: Cluster,
  host: Host,
  router: VirtualRouter,
  routers: readonly VirtualRouter[],
): VrrpInstance {
  const { family, virtualRouterId, addresses, election } = router;
  const { members, advertInterval, preempt, unicast, password } = election;
  const name = router.interfaces.get(host.name) ?? "";
  const carried = addresses.map(({ address, interfaces }) => ({
    address,
    carrier: interfaces.get(host.name) ?? "",
  }));
  const version = vrrpVersion(family, advertInterval);
  const others = members
    .filter((member) => member.host !== host.name)
    .flatMap((member) => hosts.get(member.host) ?? []);
  const peers = unicast ? others.flatMap((other) => advertSource(other, router)?.ip ?? []) : [];
  return {
    name: nameOf(router, host),
    ...floatingOf(router, routers),
    interface: name,
    family,
    version,
    virtualRouterId,
    priority: members.find((member) => member.host === host.name)?.priority ?? 0,
    advertInterval,
    preempt,
    preemptDelay: election.preemptDelay,
    source: unicast && peers.length > 0 ? (advertSource(host, router)?.ip ?? null) : null,
    peers,
    password: version === 2 ? password : null,
    addresses: carried.map(({ address }) => address),
    carriers: carried.map(({ carrier }) => carrier),
    tracked: unique(carried.map(({ carrier }) => carrier)).filter((carrier) => carrier !== name),
  };
}

/** The daemon is one for the host: it follows the first instance, with which all others move. */
function syncOf(cluster: Cluster, instances: readonly VrrpInstance[]): KeepalivedSync | null {
  const [first] = instances;
  if (first === undefined) return null;
  const sync = cluster.directors.connectionSync ?? (needsSync(cluster) ? impliedSync(first) : null);
  return sync === null ? null : { ...sync, instance: first.name };
}

/** Between those that share a virtual router, and on its interface. */
function impliedSync({ interface: name, virtualRouterId }: VrrpInstance): ConnectionSync {
  return { interface: name, syncId: virtualRouterId, group: null, port: null, ttl: null };
}

function keepalivedServices(cluster: Cluster): KeepalivedService[] {
  return balancedServices(cluster).map((service) => ({
    ...serviceSettings(service),
    family: service.family,
    protocol: service.protocol,
    check: service.healthCheck,
    quorum: service.quorum,
    sorryServer: service.sorryServer === null ? null : destination(service.sorryServer),
  }));
}

/** Interfaces of a host that moving addresses come to, and that adverts go over. */
export function movingInterfaces(cluster: Cluster, host: Host): string[] {
  const places = routersOf(cluster, host).flatMap((router) => [...router.addresses, router]);
  return unique(places.flatMap(({ interfaces }) => interfaces.get(host.name) ?? []));
}
