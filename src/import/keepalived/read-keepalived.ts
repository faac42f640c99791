/** keepalived.conf -> facts about the cluster. */

import { preemptDelay } from "../../plan/preempt-delay.ts";
import { checkDefaults } from "../../topology/normalize-service.ts";
import type { Notes } from "../notes.ts";
import type { Observed, ObservedService, ObservedVrrp, OwnAddress } from "../observed.ts";
import { type Source, startOf } from "../place.ts";
import { advertLink, tellTracking } from "./advert-link.ts";
import { type GlobalsDraft, noGlobals, readGlobals } from "./globals.ts";
import { type InstanceDraft, readInstance } from "./instances.ts";
import { type Block, readBlock } from "./keywords.ts";
import { readService } from "./services.ts";
import { type ReadInclude, readStatements, type Statement } from "./statements.ts";

export interface KeepalivedOptions {
  readonly configId: string | null;
  readonly readInclude: ReadInclude;
}

interface Configuration {
  readonly globals: GlobalsDraft;
  readonly groups: Map<string, Statement>;
  readonly services: Statement[];
  readonly instances: InstanceDraft[];
  syncGroup: string | null;
}

const top: Block<Configuration> = {
  readers: {
    global_defs: ({ globals }, statement, notes) => readGlobals(globals, statement, notes),
    vrrp_instance: ({ instances }, statement, notes) => {
      instances.push(readInstance(statement, notes));
    },
    vrrp_sync_group: (draft, { words, block: inside }, notes) => {
      draft.syncGroup = words[0]?.text ?? null;
      const keywords = /^(notify|track_|global_tracking|sync_group)/;
      // Old ones name their instances without the block "group".
      const isMember = (each: Statement) => each.words.length === 0 && !keywords.test(each.keyword);
      const more = (inside ?? []).filter(({ keyword }) => keyword !== "group" && keyword !== "smtp_alert");
      const others = {
        readers: {},
        others: ["global_tracking"],
        prefixes: ["notify", "track_", "sync_group"],
      };
      readBlock(
        draft,
        more.filter((each) => !isMember(each)),
        others,
        notes,
      );
    },
    virtual_server_group: ({ groups }, statement) => {
      groups.set(statement.words[0]?.text ?? "", statement);
    },
    virtual_server: ({ services }, statement) => {
      services.push(statement);
    },
  },
  others: [
    ...[
      "static_ipaddress",
      "static_routes",
      "static_rules",
      "static_track_group",
      "garp_group",
      "bfd_instance",
    ],
    ...[
      "vrrp_script",
      "vrrp_track_process",
      "vrrp_track_file",
      "track_file",
      "track_process",
      "track_bfd",
      "SSL",
    ],
    ...[
      "net_namespace",
      "net_namespace_ipvs",
      "namespace_with_ipsets",
      "instance",
      "use_pid_dir",
      "linkbeat_interfaces",
    ],
    ...["linkbeat_use_polling", "interface_up_down_delays", "child_wait_time", "include_check"],
  ],
};

/** @throws ImportError for braces that do not match and invalid includes */
export function readKeepalived(source: Source, options: KeepalivedOptions, notes: Notes): Observed {
  const dialect = { notes, configId: options.configId, parameters: new Map<string, string>() };
  const statements = readStatements(source, dialect, options.readInclude);
  const found: Configuration = {
    globals: noGlobals(),
    groups: new Map(),
    services: [],
    instances: [],
    syncGroup: null,
  };
  readBlock(found, statements, top, notes);
  const services = found.services.flatMap((statement) => readService(statement, found.groups, notes));
  const { globals, instances } = found;
  const vips = new Set(services.flatMap(({ selector }) => (selector.kind === "port" ? selector.vip : [])));
  tellDelays(instances, services, notes);
  tellTracking(instances, notes);
  const sources = instances.flatMap((instance) => instance.source ?? []);
  return {
    place: startOf(source),
    engine: "keepalived",
    directorName: globals.routerId,
    clusterName: found.syncGroup,
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
    vrrp: vrrpOf(instances, vips, notes),
    notification: notificationOf(globals, notes),
    connectionSync: globals.sync ?? syncOf(instances),
    timeouts: Object.keys(globals.timeouts).length === 0 ? null : globals.timeouts,
  };
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

/** One VRRP for the cluster: that of the instance with VIPs of services. */
function vrrpOf(
  instances: readonly InstanceDraft[],
  vips: ReadonlySet<string>,
  notes: Notes,
): ObservedVrrp | null {
  const main = instances.find(({ addresses }) => addresses.some(({ ip }) => vips.has(ip))) ?? instances[0];
  if (main === undefined) return null;
  for (const other of instances) tellDifferences(main, other, vips, notes);
  return {
    virtualRouterId: main.virtualRouterId ?? 51,
    advertInterval: main.advertInterval ?? 1,
    preempt: main.preempt,
    unicast: instances.some(({ peers }) => peers.length > 0),
    interface: advertLink(instances),
    password: main.password,
    place: main.place,
  };
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
        `preempt_delay ${delay.seconds}: lvsgen writes ${own === null ? "none" : `${own}, the duration of the checks`}`,
        "no change is needed if that is right",
      );
}

const compared = {
  advertInterval: "advert_int",
  preempt: "preempt or nopreempt",
  password: "auth_pass",
  priority: "priority",
} as const;

function tellDifferences(
  main: InstanceDraft,
  other: InstanceDraft,
  vips: ReadonlySet<string>,
  notes: Notes,
): void {
  const differing = Object.entries(compared).filter(
    ([key]) => main[key as keyof typeof compared] !== other[key as keyof typeof compared],
  );
  if (differing.length > 0)
    notes.changed(
      other.place,
      `${other.name} and ${main.name} differ in ${differing.map(([, name]) => name).join(", ")}; in a topology all addresses move together`,
      "write two topologies if they need different masters",
    );
  const sameFamily = (ip: string) =>
    main.addresses[0] === undefined || ip.includes(":") === main.addresses[0].ip.includes(":");
  const served = other.addresses.find(({ ip }) => vips.has(ip) && sameFamily(ip));
  if (
    served !== undefined &&
    other.interface === main.interface &&
    other.virtualRouterId !== main.virtualRouterId
  )
    notes.changed(
      other.place,
      `VIPs of services have one virtual router id: ${other.name}'s ${other.virtualRouterId} becomes ${main.virtualRouterId}`,
      "no change is needed if no other router has that id",
    );
}

function notificationOf(
  { emails, mailFrom, smtpServer, mailPlace }: GlobalsDraft,
  notes: Notes,
): Observed["notification"] {
  const [first] = emails;
  if (first === undefined || mailPlace === null) return null;
  if (mailFrom === null || smtpServer === null)
    notes.placeholder(
      mailPlace,
      "/directors/notification",
      "unknown sender or mail server: the placeholders are the first receiver and 127.0.0.1",
      "set from and smtpServer",
    );
  return { emails, from: mailFrom ?? first, smtpServer: smtpServer ?? "127.0.0.1" };
}

/** Older versions have it in the instance instead of global_defs. */
function syncOf(instances: readonly InstanceDraft[]): Observed["connectionSync"] {
  const name = instances.find(({ syncInterface }) => syncInterface !== null)?.syncInterface ?? null;
  return name === null ? null : { interface: name };
}
