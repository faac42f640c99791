/** keepalived.conf -> facts about the cluster. */

import { say } from "../../languages/say.ts";
import { preemptDelay } from "../../plan/preempt-delay.ts";
import { checkDefaults } from "../../topology/normalize-service.ts";
import type { Notes } from "../notes.ts";
import type { Observed, ObservedService, OwnAddress } from "../observed.ts";
import { type Source, startOf } from "../place.ts";
import { tellTracking } from "./advert-link.ts";
import { topLevel } from "./braces.ts";
import { type GlobalSync, type GlobalsDraft, noGlobals, readGlobals, tellNoId } from "./globals.ts";
import { type InstanceDraft, readInstance } from "./instances.ts";
import { defineBlock, readBlock, shown } from "./keywords.ts";
import { mergeServices } from "./merge-services.ts";
import { readService } from "./services.ts";
import { type ReadInclude, readStatements, type Statement } from "./statements.ts";
import { readSyncGroup, type SyncGroup, tellMembers } from "./sync-groups.ts";
import { vrrpOf } from "./vrrp.ts";

export interface KeepalivedOptions {
  readonly configId: string | null;
  readonly readInclude: ReadInclude;
}

interface Configuration {
  readonly globals: GlobalsDraft;
  readonly groups: Map<string, Statement>;
  readonly services: Statement[];
  readonly instances: InstanceDraft[];
  readonly syncGroups: SyncGroup[];
}

/** keepalived uses the first of a name. */
function tellNamed(name: string, { keyword, place }: Statement, notes: Notes): void {
  notes.leftOut(
    place,
    say`${keyword} ${name} is given again: keepalived uses the first one, and so does the topology`,
    say`rename or remove it`,
    { effect: "traffic" },
  );
}

const top = defineBlock<Configuration>({
  name: topLevel,
  repeated: ["global_defs", "vrrp_instance", "vrrp_sync_group", "virtual_server_group", "virtual_server"],
  readers: {
    global_defs: ({ globals }, statement, notes) => readGlobals(globals, statement, notes),
    vrrp_instance: ({ instances }, statement, notes) => {
      const name = statement.words[0]?.text ?? "";
      if (instances.some((each) => each.name === name)) tellNamed(name, statement, notes);
      else instances.push(notes.within(statement.place, () => readInstance(statement, notes)));
    },
    vrrp_sync_group: ({ syncGroups }, statement, notes) => {
      const name = statement.words[0]?.text ?? "";
      if (syncGroups.some((each) => each.name === name)) tellNamed(name, statement, notes);
      else syncGroups.push(readSyncGroup(statement, notes));
    },
    virtual_server_group: ({ groups }, statement, notes) => {
      const name = statement.words[0]?.text ?? "";
      if (groups.has(name)) tellNamed(name, statement, notes);
      else groups.set(name, statement);
    },
    virtual_server: ({ services }, statement) => {
      services.push(statement);
    },
  },
  weighty: [
    ...["static_ipaddress", "static_routes", "static_rules", "net_namespace", "net_namespace_ipvs", "SSL"],
  ],
  others: [
    ...["static_track_group", "garp_group", "bfd_instance", "vrrp_script", "vrrp_track_process"],
    ...["vrrp_track_file", "track_file", "track_process", "track_bfd", "namespace_with_ipsets", "instance"],
    ...["use_pid_dir", "linkbeat_interfaces", "linkbeat_use_polling", "interface_up_down_delays"],
    ...["child_wait_time", "include_check"],
  ],
});

/** @throws ImportError for braces that do not match and invalid includes */
export function readKeepalived(source: Source, options: KeepalivedOptions, notes: Notes): Observed {
  const dialect = { notes, configId: options.configId, parameters: new Map<string, string>() };
  const statements = readStatements(source, dialect, options.readInclude);
  const found: Configuration = {
    globals: noGlobals(),
    groups: new Map(),
    services: [],
    instances: [],
    syncGroups: [],
  };
  readBlock(found, statements, top, notes);
  const read = found.services.flatMap((statement) =>
    notes.within(statement.place, () => readService(statement, found.groups, notes)),
  );
  const services = mergeServices(read, notes);
  tellUnused(found, notes);
  const { globals, instances, syncGroups } = found;
  const vips = new Set(services.flatMap(({ selector }) => (selector.kind === "port" ? selector.vip : [])));
  tellDelays(instances, services, notes);
  tellTracking(instances, notes);
  tellMembers(syncGroups, instances, notes);
  const sources = instances.flatMap((instance) => instance.source ?? []);
  return {
    place: startOf(source),
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
    vrrp: vrrpOf({ instances, syncGroups, vips, version: globals.version }, notes),
    notification: notificationOf(globals, notes),
    connectionSync: syncOf(globals.sync, instances, notes),
    timeouts: Object.keys(globals.timeouts).length === 0 ? null : globals.timeouts,
  };
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
