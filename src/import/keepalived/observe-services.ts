/** keepalived.conf with virtual servers -> facts about the cluster. */

import { phrase, say } from "../../languages/say.ts";
import { preemptDelay } from "../../plan/preempt-delay.ts";
import { checkDefaults } from "../../topology/normalize-service.ts";
import type { Notes } from "../notes.ts";
import type { Observed, ObservedService, OwnAddress } from "../observed.ts";
import { startOf } from "../place.ts";
import { tellTracking } from "./advert-link.ts";
import { leaveAnnouncementsOut } from "./announcements.ts";
import type { Configuration } from "./configuration.ts";
import { type GlobalSync, type GlobalsDraft, tellNoId } from "./globals.ts";
import type { InstanceDraft } from "./instances.ts";
import { on, ownWay, shown } from "./keywords.ts";
import { mergeServices } from "./merge-services.ts";
import { leaveNotifiesOut } from "./notifies.ts";
import { readService } from "./services.ts";
import { tellUnusedTracks } from "./track-lists.ts";
import { vrrpOf } from "./vrrp.ts";

export function observeServices(found: Configuration, notes: Notes): Observed {
  const read = found.services.flatMap((statement) =>
    notes.within(statement.place, () => readService(statement, found.groups, notes)),
  );
  const services = mergeServices(read, notes);
  tellUnused(found, notes);
  leaveOut(found, notes);
  const { globals, instances, syncGroups, definitions } = found;
  const vips = new Set(services.flatMap(({ selector }) => (selector.kind === "port" ? selector.vip : [])));
  tellDelays(instances, services, notes);
  tellTracking(instances, notes);
  tellUnusedTracks(found, notes);
  const sources = instances.flatMap((instance) => instance.source ?? []);
  return {
    place: startOf(found.source),
    engine: "keepalived",
    directorName: globals.routerId,
    clusterName: syncGroups[0]?.name ?? null,
    own: uniqueAddresses(sources),
    ownIsComplete: false,
    peers: peersOf(instances),
    carried: instances.flatMap(({ addresses }) => addresses),
    services,
    gateway: null,
    routes: [],
    marks: [],
    masquerades: false,
    tellsThresholds: true,
    vrrp: vrrpOf({ instances, syncGroups, definitions, vips, version: globals.version }, notes),
    notification: notificationOf(globals, notes),
    connectionSync: syncOf(globals.sync, instances, notes),
    timeouts: Object.keys(globals.timeouts).length === 0 ? null : globals.timeouts,
  };
}

/** What floating addresses have and directors do not. */
function leaveOut({ globals, instances, syncGroups }: Configuration, notes: Notes): void {
  const { scriptUser, announcements } = globals;
  if (scriptUser !== null)
    ownWay(["root"], phrase`lvsgen's check scripts run as root`)(null, scriptUser.statement, notes);
  leaveAnnouncementsOut(announcements, notes);
  for (const instance of instances) {
    leaveAnnouncementsOut(instance.announcements, notes);
    leaveNotifiesOut(instance.notifies, notes);
  }
  for (const group of syncGroups) leaveNotifiesOut(group.notifies, notes);
  for (const statement of [...instances, ...syncGroups].flatMap(({ mailing }) => mailing))
    ownWay(on, phrase`lvsgen has all changes mailed where there is a notification`)(null, statement, notes);
}

function tellUnused({ groups, services }: Configuration, notes: Notes): void {
  const used = new Set(services.map(({ words }) => (words[0]?.text === "group" ? words[1]?.text : null)));
  for (const [name, { place }] of groups)
    if (!used.has(name))
      notes.leftOut(place, say`virtual_server_group ${name} has no virtual_server`, say`no change is needed`);
}

/** The n-th peers of all instances are one director. */
function peersOf(instances: readonly InstanceDraft[]): OwnAddress[][] {
  const count = Math.max(0, ...instances.map(({ peers }) => peers.length));
  return Array.from({ length: count }, (_, at) =>
    uniqueAddresses(instances.flatMap(({ peers }) => peers[at] ?? [])),
  );
}

function uniqueAddresses(addresses: readonly OwnAddress[]): OwnAddress[] {
  return [...new Map(addresses.map((address) => [address.ip, address])).values()];
}

/** lvsgen waits for as long as checks take; a topology supports no other delay. */
function tellDelays(
  instances: readonly InstanceDraft[],
  services: readonly ObservedService[],
  notes: Notes,
): void {
  const checks = services.flatMap(({ servers }) => servers.flatMap(({ check }) => check ?? []));
  const own = preemptDelay(checks.map((check) => ({ ...checkDefaults, ...check })));
  for (const { preempt, preemptDelay: delay } of instances)
    if (preempt && delay !== null && delay.seconds !== own)
      notes.changed(
        delay.place,
        own === null
          ? say`preempt_delay ${delay.seconds}: lvsgen writes none`
          : say`preempt_delay ${delay.seconds}: lvsgen writes ${own}, the duration of the checks`,
        say`no change is needed if that is right`,
      );
}

function notificationOf(
  { emails, mailFrom, smtpServer, mailPlace, mailing }: GlobalsDraft,
  notes: Notes,
): Observed["notification"] {
  const [first] = emails;
  if (first === undefined || mailPlace === null) {
    for (const statement of mailing)
      notes.leftOut(
        statement.place,
        say`${shown(statement)}: nobody gets mail without notification_email`,
        say`add it, or remove this`,
      );
    return null;
  }
  if (mailFrom === null || smtpServer === null)
    notes.placeholder(
      mailPlace,
      "/directors/notification",
      say`unknown sender or mail server: the placeholders are the first receiver and 127.0.0.1`,
      say`set from and smtpServer`,
    );
  return { emails, from: mailFrom ?? first, smtpServer: smtpServer ?? "127.0.0.1" };
}

/** Older versions have it in the instance instead of global_defs. The id is that instance's router id by default. */
function syncOf(
  global: GlobalSync | null,
  instances: readonly InstanceDraft[],
  notes: Notes,
): Observed["connectionSync"] {
  const older = instances.find(({ syncInterface }) => syncInterface !== null);
  const settings = global?.settings ?? (older?.syncInterface ? { interface: older.syncInterface } : null);
  if (settings === null) return null;
  const place = global?.place ?? older?.place;
  const name = global === null ? older?.name : global.instance;
  const followed = instances.find((each) => each.name === name);
  if (place !== undefined && followed === undefined)
    notes.changed(
      place,
      name
        ? say`lvs_sync_daemon follows ${name}, which is no vrrp_instance; lvsgen's is master or backup with the VIPs`
        : say`lvs_sync_daemon follows no vrrp_instance; lvsgen's is master or backup with the VIPs`,
      say`no change is needed if that is right`,
      { effect: "traffic" },
    );
  const syncId = settings.syncId ?? followed?.virtualRouterId ?? null;
  if (place !== undefined && syncId === null) tellNoId({ place }, notes);
  return { ...settings, ...(syncId === null ? {} : { syncId }) };
}
