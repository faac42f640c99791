/** All vrrp_instances -> the one VRRP that a topology has. */

import { listed } from "../../base/counted.ts";
import { inLanguage, phrase, say } from "../../languages/say.ts";
import { priorityOf } from "../../plan/election.ts";
import { vrrpVersion } from "../../plan/vrrp.ts";
import type { Notes } from "../notes.ts";
import type { FoundTrack, ObservedVrrp } from "../observed.ts";
import { advertLink } from "./advert-link.ts";
import type { GlobalsDraft } from "./globals.ts";
import type { InstanceDraft } from "./instances.ts";
import { shown } from "./keywords.ts";
import { moveTogether, type SyncGroup } from "./sync-groups.ts";
import type { TrackDefinition } from "./track-definitions.ts";
import { findTracks } from "./track-lists.ts";

interface Instances {
  readonly instances: readonly InstanceDraft[];
  readonly syncGroups: readonly SyncGroup[];
  readonly definitions: readonly TrackDefinition[];
  /** Of services. */
  readonly vips: ReadonlySet<string>;
  /** Of global_defs. */
  readonly version: GlobalsDraft["version"];
}

/** Placeholder for an id that is missing: the topology's default. */
const routerId = 51;

/** That of the instance with VIPs of services. */
export function vrrpOf(found: Instances, notes: Notes): ObservedVrrp | null {
  const { instances, vips } = found;
  const main = instances.find(({ addresses }) => addresses.some(({ ip }) => vips.has(ip))) ?? instances[0];
  if (main === undefined) return null;
  const tracks = tracksOf(main, found, notes);
  for (const other of instances) if (other !== main) tellDifferences(main, other, found, notes);
  for (const each of instances) {
    tellVersion(each, found.version, notes);
    if (each.interface === null)
      notes.placeholder(
        each.place,
        "/hosts",
        say`${each.name} has no interface, and keepalived needs one: the placeholder is that of its addresses`,
        say`correct it`,
      );
  }
  tellOrder(instances, notes);
  if (main.virtualRouterId === null)
    notes.placeholder(
      main.place,
      "/directors/vrrp/virtualRouterId",
      say`${main.name} has no virtual_router_id: ${routerId} is the placeholder`,
      say`set it`,
    );
  return {
    virtualRouterId: main.virtualRouterId ?? routerId,
    advertInterval: main.advertInterval ?? 1,
    preempt: main.preempt,
    unicast: instances.some(({ peers }) => peers.length > 0),
    interface: advertLink(instances),
    password: main.password,
    track: tracks,
    order: orderOf(main),
    place: main.place,
  };
}

/** Its own, and those of its groups. */
function tracksOf(main: InstanceDraft, { syncGroups, definitions }: Instances, notes: Notes): FoundTrack[] {
  const watched = [main.interface, ...main.addresses.map((address) => address.interface)];
  const scope = { definitions, watched: watched.flatMap((name) => name ?? []) };
  const groups = syncGroups.filter(({ members }) => members.some(({ name }) => name === main.name));
  return findTracks(
    [...groups.flatMap(({ uses }) => uses), ...main.uses],
    { ...scope, grouped: false },
    notes,
  );
}

/** A backup that would take over, if its priority were the higher one, has a lower one. */
function orderOf(instance: InstanceDraft): ObservedVrrp["order"] {
  const { state, preempt } = instance;
  if (state === null) return null;
  if (state.isMaster || isFirstOfLvsgen(instance)) return "first";
  return preempt ? "last" : null;
}

/** lvsgen itself has all directors begin as BACKUP, the first one with the highest priority. */
function isFirstOfLvsgen({ priority, version, announcements, peers }: InstanceDraft): boolean {
  const written = version !== null && announcements.refresh?.words[0]?.text === "60";
  return written && priority?.number === priorityOf(0, peers.length + 1, []);
}

/** What takes the places of states and priorities; those of other directors are in their own files. */
function tellOrder(instances: readonly InstanceDraft[], notes: Notes): void {
  for (const instance of instances) {
    const { state, priority } = instance;
    const order = orderOf(instance);
    if (state?.isMaster)
      notes.changed(
        state.place,
        say`state MASTER: in a topology all directors begin as BACKUP, and the order of directors.hosts decides`,
        say`list the preferred master first`,
      );
    else if (state && order === "last")
      notes.changed(
        state.place,
        say`state BACKUP: other directors come before this one in directors.hosts`,
        say`correct the order if another one has a lower priority`,
      );
    if (priority !== null && !isFirstOfLvsgen(instance))
      notes.changed(
        priority.place,
        say`priority ${priority.number} becomes the place in the order of directors.hosts`,
        say`list the directors in the order of their priorities`,
      );
  }
}

const compared: readonly (readonly [string, (instance: InstanceDraft) => unknown])[] = [
  ["advert_int", ({ advertInterval }) => advertInterval ?? 1],
  [phrase`preempt or nopreempt`, ({ preempt }) => preempt],
  ["auth_pass", ({ password }) => password],
  ["priority", ({ priority }) => priority?.number ?? 100],
  ["state", ({ state }) => state?.isMaster ?? false],
  ["unicast_peer", ({ peers }) => peers.length > 0],
  [phrase`what they track`, trackedText],
];

/** Lists in any order. An interface of its own is watched in any case. */
function trackedText({ uses, interface: own, addresses }: InstanceDraft): string {
  const watched = [own, ...addresses.map((address) => address.interface)];
  return uses
    .filter(({ kind, name }) => kind !== "interface" || !watched.includes(name))
    .map(({ kind, name, weight }) => `${kind} ${name} ${weight}`)
    .toSorted()
    .join(", ");
}

function tellDifferences(
  main: InstanceDraft,
  other: InstanceDraft,
  { syncGroups, vips }: Instances,
  notes: Notes,
): void {
  const differing = compared.filter(([, of]) => of(main) !== of(other)).map(([name]) => name);
  const isTogether = moveTogether(syncGroups, main.name, other.name);
  const isApart = !isTogether && (differing.includes("priority") || differing.includes("state"));
  if (differing.length > 0)
    notes.changed(
      other.place,
      say`${other.name} and ${main.name} differ in ${listed(differing.map(inLanguage))}; in a topology all addresses move together`,
      say`write two topologies if they need different masters`,
      isApart ? { effect: "traffic" } : {},
    );
  if (!isTogether && !isApart)
    notes.changed(
      other.place,
      say`no vrrp_sync_group has both ${other.name} and ${main.name}: each can move alone; in a topology all addresses move together`,
      say`write two topologies if they need different masters`,
      { effect: "traffic" },
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
      say`VIPs of services have one virtual router id: ${other.name}'s ${other.virtualRouterId} becomes ${main.virtualRouterId}`,
      say`no change is needed if no other router has that id`,
    );
}

/** lvsgen takes the version from the addresses and the interval. */
export function tellVersion(instance: InstanceDraft, global: GlobalsDraft["version"], notes: Notes): void {
  const version = instance.version ?? global;
  if (version === null) return;
  const isIpv6 = instance.addresses.some(({ ip }) => ip.includes(":"));
  const written = vrrpVersion(isIpv6 ? 6 : 4, instance.advertInterval ?? 1);
  if (version.number === written) return;
  notes.changed(
    version.statement.place,
    say`${shown(version.statement)}: lvsgen writes version ${written} for ${instance.name}`,
    say`use lvsgen's files on all directors at once`,
  );
}
