/** The view model of keepalived.conf, and keepalived's part of that of lvs_dr.sh. */

import { sha256Hex } from "../base/digest.ts";
import { version } from "../base/version.ts";
import { isOlder } from "../base/versions.ts";
import { gateScriptPath } from "../plan/announce.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type {
  Destination,
  InstanceTrack,
  KeepalivedResource,
  KeepalivedService,
  KeepalivedSync,
  ServicePersistence,
  VrrpInstance,
} from "../plan/resources.ts";
import { unitsScriptPath } from "../plan/units.ts";
import type { Announcements, Forwarding, Notify } from "../topology/model.ts";
import { announcementDefaults } from "../topology/normalize-floating.ts";
import { drawing } from "./drawing.ts";
import { checkView } from "./keepalived-checks.ts";
import { trackBlocksOf, trackFileSince, trackLists } from "./keepalived-tracks.ts";
import { planDigest } from "./plan-digest.ts";
import { roleWords } from "./roles.ts";

/** Its name in a host's folder and below /etc/lvsgen. */
export const keepalivedFile = "keepalived.conf";

export function keepalivedOf({ resources }: RolePlan): KeepalivedResource | null {
  return resources.find((resource) => resource.kind === "keepalived") ?? null;
}

export function holdsSecret(role: RolePlan): boolean {
  return keepalivedOf(role)?.instances.some(({ password }) => password !== null) ?? false;
}

export interface KeepalivedScriptView {
  /** SHA-256 of keepalived.conf, which belongs to the script. */
  readonly digest: string;
  readonly pidFile: string;
  /** Moving addresses as ADDRESS/PREFIX%INTERFACE. */
  readonly addresses: readonly string[];
  /** The same where some move by themselves, with a + between groups; none where all move together. */
  readonly groups: readonly string[];
  /** Whether keepalived asks the scripts of a group. */
  readonly groupsTrack: boolean;
  /** Whether there is connection sync, and its settings as ipvsadm of any version shows them. */
  readonly syncs: boolean;
  readonly sync: readonly string[];
  /** The strategy of a director that is also a real server; null for others. */
  readonly asRealServer: string | null;
}

export function keepalivedScriptView(
  { host }: HostPlan,
  role: RolePlan,
  rendered: ReadonlyMap<string, string>,
): KeepalivedScriptView | null {
  const keepalived = keepalivedOf(role);
  if (keepalived === null) return null;
  return {
    digest: sha256Hex(rendered.get(keepalivedFile) ?? ""),
    pidFile: `${host.platform.runDirectory}/keepalived.pid`,
    addresses: keepalived.instances.flatMap(placesOf),
    groups: movingGroups(keepalived),
    groupsTrack: groupsTrack(keepalived),
    syncs: keepalived.sync !== null,
    sync: keepalived.sync === null ? [] : syncWords(keepalived.sync),
    asRealServer: keepalived.asRealServer === "refuse" ? null : keepalived.asRealServer,
  };
}

function placesOf({ addresses, carriers }: VrrpInstance): string[] {
  return addresses.map((address, at) => `${address}%${carriers[at] ?? ""}`);
}

function movingGroups(keepalived: KeepalivedResource): string[] {
  const groups = new Map<string, string[]>();
  for (const instance of keepalived.instances) {
    const key = groupOf(keepalived, instance) ?? `alone ${instance.name}`;
    groups.set(key, [...(groups.get(key) ?? []), ...placesOf(instance)]);
  }
  return groups.size < 2
    ? []
    : [...groups.values()].flatMap((places, at) => (at === 0 ? places : ["+", ...places]));
}

/** The sync group of an instance; null: it moves alone. */
function groupOf({ syncGroup }: KeepalivedResource, { floating }: VrrpInstance): string | null {
  return floating === undefined ? syncGroup : floating.syncGroup;
}

function syncWords({ interface: name, syncId }: KeepalivedSync): string[] {
  return [`mcast=${name}`, `syncid=${syncId}`];
}

/** Before this version, checks send mail as soon as there is an address for it (keepalived.conf.SYNOPSIS of 1.3.5). */
const alertsSince = "2.0.0";

export function keepalivedView(plan: HostPlan, role: RolePlan) {
  const keepalived = keepalivedOf(role);
  if (keepalived === null) throw new Error("this role has no keepalived");
  const { routerId, notification, sync, instances, services } = keepalived;
  const trackBlocks = trackBlocksOf(keepalived);
  return {
    version,
    planDigest: planDigest(plan, role),
    host: plan.host.name,
    roleTitle: roleWords(role).title,
    cluster: plan.cluster,
    drawing: drawing(plan, role),
    routerId,
    notification,
    alerts: !isOlder(keepalived.version, alertsSince),
    // A host that has an address may be drained, by a script.
    scripts:
      services.some(({ check }) => check?.type === "script") ||
      (keepalived.announces ?? false) ||
      instances.length > 0,
    trackScripts: trackBlocks.scripts,
    trackFiles: trackBlocks.files,
    fileKeyword: isOlder(keepalived.version, trackFileSince) ? "vrrp_track_file" : "track_file",
    sync: sync === null ? null : { ...sync, settings: settings(sync, ["group", "port", "ttl"]) },
    syncGroups: syncGroups(keepalived),
    instances: instances.map((each) =>
      instanceView(
        each,
        notification !== null,
        groupOf(keepalived, each) !== null && groupsTrack(keepalived),
      ),
    ),
    services: services.map((service) =>
      serviceView(service, keepalived.version, keepalived.announces ?? false),
    ),
  };
}

/** From this version on a group tracks; before, each instance does (keepalived.conf(5) of 2.0). */
const groupsTrackSince = "2.0.0";

function groupsTrack({ version }: KeepalivedResource): boolean {
  return !isOlder(version, groupsTrackSince);
}

/** Instances that move together, where there are several; their weights are the same: one priority for all. */
function syncGroups(keepalived: KeepalivedResource) {
  const groups = new Map<string, VrrpInstance[]>();
  for (const instance of keepalived.instances) {
    const group = groupOf(keepalived, instance);
    if (group !== null) groups.set(group, [...(groups.get(group) ?? []), instance]);
  }
  return [...groups].map(([name, members]) => ({
    name,
    instances: members.map((member) => member.name),
    ...trackLists(groupsTrack(keepalived) ? tracksOf(members) : []),
  }));
}

/**
 * Of a group: all but interfaces that an instance watches itself, which it gives up by in any case. keepalived refuses an
 * interface that both name.
 */
function tracksOf(instances: readonly VrrpInstance[]): InstanceTrack[] {
  const own = new Set(instances.flatMap((instance) => [instance.interface, ...instance.tracked]));
  const tracks = instances
    .flatMap((instance) => instance.tracks ?? [])
    .filter((track) => track.by !== "interface" || (track.weight !== null && !own.has(track.name)));
  return [...new Map(tracks.map((track) => [track.name, track])).values()];
}

/** Of an instance: all, or what its group does not have. An interface that it watches in any case is named once. */
function ownTracks({ tracks = [], tracked }: VrrpInstance, groupTracks: boolean): InstanceTrack[] {
  return tracks.filter(({ by, name, weight }) =>
    by === "interface" ? !tracked.includes(name) && (weight === null || !groupTracks) : !groupTracks,
  );
}

/** Those of the keys that have a value, as names and values. */
function settings<K extends string>(from: Readonly<Record<K, string | number | null>>, keys: readonly K[]) {
  return keys.flatMap((name) => (from[name] === null ? [] : { name, value: from[name] }));
}

/** @param groupTracks what it looks at, too: up to 2.1 keepalived asks no script of an instance in a group */
function instanceView(instance: VrrpInstance, alerts: boolean, groupTracks: boolean) {
  const { tracks, tracked, ...rest } = instance;
  const own = trackLists(ownTracks(instance, groupTracks));
  return {
    ...rest,
    linked: tracked.length > 0,
    ...own,
    interfaces: [...tracked.map((name) => ({ words: [name] })), ...own.interfaces],
    addresses: instance.addresses.map((address, at) => ({ address, interface: instance.carriers[at] ?? "" })),
    password: instance.password?.reveal() ?? null,
    floating: instance.floating !== undefined,
    notifies: notifiesOf(instance),
    announcements: announcementsOf(instance.floating?.garp ?? announcementDefaults),
    member: instance.floating === undefined ? "director" : "host",
    nopreempt: !instance.preempt,
    unicast: instance.peers.length > 0,
    alerts,
  };
}

/** Programs by keepalived's keyword for when they run. */
function notifiesOf({ floating }: VrrpInstance) {
  const { notify = null, notifyOn = {}, units = false } = floating ?? {};
  const byState = Object.entries(notifyOn).map(([state, each]) => notifyView(`notify_${state}`, each));
  return [
    ...(notify === null ? [] : [notifyView("notify", notify)]),
    ...byState,
    ...(units ? unitNotifies(byState.length > 0) : []),
  ];
}

/** keepalived runs one program for all states, and one for each: units have what the user's programs leave. */
function unitNotifies(isTaken: boolean) {
  const keywords = isTaken ? ["notify"] : ["notify_master", "notify_backup", "notify_fault", "notify_stop"];
  return keywords.map((keyword) => ({ keyword, words: [unitsScriptPath], user: "root" }));
}

function notifyView(keyword: string, { command, arguments: more, user }: Notify) {
  return { keyword, words: [command, ...more], user };
}

/** Where they differ from keepalived's own (keepalived.conf(5)); a refresh of 0 is there for import, whose default is lvsgen's. */
function announcementsOf({ delay, repeat, refresh, refreshRepeat }: Announcements) {
  const asked = [
    ...(refresh === 0 ? [{ keyword: "garp_master_refresh", value: 0, own: null }] : []),
    { keyword: "garp_master_delay", value: delay, own: 5 },
    { keyword: "garp_master_repeat", value: repeat, own: 5 },
    { keyword: "garp_master_refresh_repeat", value: refreshRepeat, own: 1 },
  ];
  return { refresh: refresh === 0 ? null : refresh, more: asked.filter(({ value, own }) => value !== own) };
}

const methodName: Readonly<Record<Forwarding, string>> = { dr: "DR", nat: "NAT", tun: "TUN" };

function serviceView(service: KeepalivedService, version: string, announces: boolean) {
  const { name, selector, scheduler, schedulerFlags, onePacket, destinations, check, quorum } = service;
  const method = methodOf(destinations[0]);
  return {
    name,
    of: selector.kind === "mark" ? ["fwmark", selector.value] : [selector.vip, selector.port],
    // keepalived takes it from the servers' addresses, except for tunnelled servers.
    inet6: selector.kind === "mark" && selector.family === 6,
    // A mark has no protocol.
    protocol: selector.kind === "mark" ? null : selector.protocol.toUpperCase(),
    scheduler,
    schedulerFlags,
    method,
    onePacket,
    persistence: persistenceView(service.persistence),
    quorum: quorum > 1 ? quorum : null,
    gate: announces ? [gateScriptPath, "look"] : null,
    interval: check?.interval ?? null,
    virtualHost: check?.type === "http" || check?.type === "https" ? check.virtualHost : null,
    sorry: service.sorryServer === null ? null : sorryView(service.sorryServer, method),
    servers: destinations.map((to) => ({
      ...to,
      method: methodOf(to).join(" ") === method.join(" ") ? null : methodOf(to),
      upperThreshold: to.upperThreshold || null,
      lowerThreshold: to.lowerThreshold || null,
      check: check === null ? null : checkView(check, to, version),
      stays: announces && check !== null,
    })),
  };
}

function sorryView(to: Destination, method: readonly (string | number)[]) {
  const own = methodOf(to);
  return { ...to, method: own.join(" ") === method.join(" ") ? null : own };
}

/** ipip is keepalived's default. */
function methodOf(to: Destination | undefined): (string | number)[] {
  if (to === undefined) return [];
  const { forwarding, tunnel } = to;
  const name = methodName[forwarding];
  if (forwarding !== "tun" || tunnel.type === "ipip") return [name];
  return [name, "type", tunnel.type, ...(tunnel.type === "gue" ? ["port", tunnel.port] : [])];
}

function persistenceView(persistence: ServicePersistence | null) {
  if (persistence === null) return null;
  return { timeout: persistence.timeout, granularity: persistence.netmask, engine: persistence.engine };
}
