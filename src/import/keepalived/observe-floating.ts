/** keepalived.conf without virtual servers, of one host or of several -> addresses that move between hosts. */

import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { ObservedElection, ObservedFloating, ObservedMember, OwnAddress } from "../observed.ts";
import { type Place, startOf } from "../place.ts";
import { announcementsOf } from "./announcements.ts";
import type { Configuration } from "./configuration.ts";
import { byPriority, statementText, tellInstanceDifferences } from "./host-differences.ts";
import { hostNames } from "./host-names.ts";
import type { InstanceDraft } from "./instances.ts";
import { shown } from "./keywords.ts";
import { leaveOutOfFloating, tellScriptUser } from "./not-floating.ts";
import { notifiesOf } from "./notifies.ts";
import { type Shared, sharedInstances } from "./same-instance.ts";
import type { Statement } from "./statements.ts";
import type { SyncGroup } from "./sync-groups.ts";
import { findTracks, tellUnusedTracks, withTracksOfGroup } from "./track-lists.ts";
import { tellVersion } from "./vrrp.ts";

/** keepalived.conf(5): of an instance that does not say it. */
const ownPriority = 100;

/** Placeholder for an id that is missing: the topology's default. */
const routerId = 51;

/** @throws ImportError for files of hosts that disagree about ids or addresses */
export function observeFloating(
  files: readonly [Configuration, ...Configuration[]],
  notes: Notes,
): ObservedFloating {
  for (const file of files) leaveOutOfFloating(file, notes);
  const shared = sharedInstances(files.map(({ instances }) => instances.filter(hasAddress)));
  tellWithout(files, notes);
  for (const file of files) tellUnusedTracks(file, notes);
  const own = files.map(({ instances }) => uniqueAddresses(instances.flatMap(({ source }) => source ?? [])));
  const known = new Set(own.flat().map(({ ip }) => ip));
  const rest = files.length === 1 ? [] : unheardPeers(files, known, notes);
  const alone = shared.map((each) => electionOf(each, files, known, notes));
  const elections = withNotifies(inGroups(alone, shared, files, notes), notes);
  for (const file of files) tellScriptUser(file, elections, notes);
  const [first] = files;
  return {
    place: startOf(first.source),
    clusterName: first.syncGroups[0]?.name ?? null,
    hosts: files.map(({ source }, host) => ({
      place: startOf(source),
      name: hostNames(files)[host] ?? null,
      own: own[host] ?? [],
      ownIsComplete: false,
      interfaces: otherNames(shared, host),
    })),
    others: files.length === 1 ? peersOf(first.instances, known) : rest,
    elections,
  };
}

function hasAddress({ addresses }: InstanceDraft): boolean {
  return addresses.length > 0;
}

function tellWithout(files: readonly Configuration[], notes: Notes): void {
  for (const { name, place } of files.flatMap(({ instances }) =>
    instances.filter((each) => !hasAddress(each)),
  ))
    notes.leftOut(place, say`${name} has no address: it is left out`, say`add one, or remove it`, {
      effect: "traffic",
    });
}

/** What runs at its changes of state is read when all lines are together, the group's too. */
interface Election extends Omit<ObservedElection, "notifies"> {
  readonly notifies: readonly Statement[];
  /** Who runs programs that do not say it; null: not given. */
  readonly scriptUser: string | null;
}

/** Elections of one group have the same lines: they are read once. */
function withNotifies(elections: readonly Election[], notes: Notes): ObservedElection[] {
  const read = new Map<readonly Statement[], ObservedElection["notifies"]>();
  return elections.map(({ scriptUser, notifies: statements, ...election }) => {
    const notifies =
      read.get(statements) ??
      notes.within(election.place, () =>
        notifiesOf(statements, { scriptUser, track: election.track }, notes),
      );
    read.set(statements, notifies);
    return { ...election, notifies };
  });
}

/** Of one election, the settings are those of the host that is master first. */
function electionOf(
  shared: Shared,
  files: readonly Configuration[],
  known: ReadonlySet<string>,
  notes: Notes,
): Election {
  const present = shared.flatMap((instance, host) => (instance === null ? [] : { instance, host }));
  const [main] = present.toSorted(byPriority);
  if (main === undefined) throw new Error("an instance without a file");
  const { instance, host } = main;
  const file = files[host] as Configuration;
  const { name, place } = instance;
  tellInstanceDifferences(present, files, notes);
  for (const each of present) {
    const { globals } = files[each.host] as Configuration;
    tellVersion(each.instance, globals.version, notes);
  }
  const grouped = file.syncGroups.some(({ members }) => members.some((member) => member.name === name));
  return notes.within(place, () => ({
    name,
    place,
    virtualRouterId: instance.virtualRouterId ?? missingId(instance, notes),
    addresses: instance.addresses,
    members: present.map((each) => memberOf(each.instance, each.host, notes)),
    others: othersOf(instance, known),
    advertInterval: instance.advertInterval ?? 1,
    preempt: instance.preempt,
    preemptDelay: instance.preemptDelay?.seconds ?? 0,
    unicast: present.some((each) => each.instance.peers.length > 0),
    track: findTracks(
      instance.uses,
      { definitions: file.definitions, watched: watchedOf(instance), grouped },
      notes,
    ),
    notifies: instance.notifies,
    scriptUser: file.globals.scriptUser?.name ?? null,
    garp: announcementsOf({ ...file.globals.announcements, ...instance.announcements }, notes),
  }));
}

function priorityOf({ priority }: InstanceDraft): number {
  return priority?.number ?? ownPriority;
}

/** Adverts go over the interface of each address, which keepalived watches. */
function watchedOf({ addresses, interface: own }: InstanceDraft): string[] {
  const carriers = addresses.flatMap((address) => address.interface ?? []);
  return carriers.length > 0 ? carriers : own === null ? [] : [own];
}

function missingId({ name, place }: InstanceDraft, notes: Notes): number {
  notes.placeholder(
    place,
    "",
    say`${name} has no virtual_router_id: ${routerId} is the placeholder`,
    say`set it`,
  );
  return routerId;
}

function memberOf(instance: InstanceDraft, host: number, notes: Notes): ObservedMember {
  const { state, preempt, priority, place } = instance;
  const number = priorityOf(instance);
  if (number > 254)
    notes.changed(
      priority?.place ?? place,
      say`priority ${number} becomes 254: 255 is for a router that owns the addresses itself`,
      say`no change is needed`,
    );
  if (state?.isMaster)
    notes.changed(
      state.place,
      say`state MASTER: in a topology all hosts begin as BACKUP, and the priority decides`,
      say`no change is needed`,
    );
  // A delay needs BACKUP: it says nothing then.
  const isLast = state !== null && !state.isMaster && preempt && instance.preemptDelay === null;
  return {
    host,
    priority: Math.min(254, number),
    place: priority?.place ?? place,
    order: state?.isMaster ? "first" : isLast ? "last" : null,
  };
}

/** Peers that none of the files is of. */
function othersOf({ peers }: InstanceDraft, known: ReadonlySet<string>): number {
  return peers.filter(({ ip }) => !known.has(ip)).length;
}

/** The n-th peers of all instances are one host. */
function peersOf(instances: readonly InstanceDraft[], known: ReadonlySet<string>): OwnAddress[][] {
  const unknown = instances.map(({ peers }) => peers.filter(({ ip }) => !known.has(ip)));
  const count = Math.max(0, ...unknown.map((peers) => peers.length));
  return Array.from({ length: count }, (_, at) =>
    uniqueAddresses(unknown.flatMap((peers) => peers[at] ?? [])),
  );
}

/** Hosts that files send adverts to and no file is of; and files that send none to one another. */
function unheardPeers(
  files: readonly Configuration[],
  known: ReadonlySet<string>,
  notes: Notes,
): OwnAddress[][] {
  for (const { instances, source } of files)
    for (const { name, place, peers } of instances.filter((each) => each.peers.length > 0)) {
      const named = new Set(peers.map(({ ip }) => ip));
      const missing = files
        .filter((other) => other.source !== source)
        .flatMap((other) => other.instances.filter((each) => each.name === name))
        .flatMap((each) => each.source ?? [])
        .find(({ ip }) => !named.has(ip));
      if (missing !== undefined)
        notes.changed(
          place,
          say`${name} has no unicast_peer ${missing.ip}, which is a host of the address (${missing.place.source.name}:${missing.place.line}): in the topology all hosts are peers`,
          say`add it to what runs today, too`,
          { effect: "traffic" },
        );
    }
  return peersOf(
    files.flatMap(({ instances }) => instances),
    known,
  );
}

/** By the first host's name, another one's name of the same interface. */
function otherNames(shared: readonly Shared[], host: number): Map<string, string> {
  const names = new Map<string, string>();
  for (const [first = null, ...rest] of shared) {
    const other = [first, ...rest][host] ?? null;
    if (first === null || other === null) continue;
    const pairs = [
      [first.interface, other.interface] as const,
      ...first.addresses.map(
        ({ ip, interface: name }) =>
          [name, other.addresses.find((each) => each.ip === ip)?.interface] as const,
      ),
    ];
    for (const [one, its] of pairs)
      if (one !== null && its !== null && its !== undefined && one !== its && !names.has(one))
        names.set(one, its);
  }
  return names;
}

/** What a sync group has move together gets the settings of its first instance; others that are alike do so anyhow. */
function inGroups(
  elections: readonly Election[],
  shared: readonly Shared[],
  files: readonly Configuration[],
  notes: Notes,
): Election[] {
  const groups = files.flatMap((file) => file.syncGroups.map((group) => ({ ...group, file })));
  const leaders = new Map<object, Election>();
  const whole = new Map<object, Election>();
  const done = elections.map((election, at) => {
    const names = new Set((shared[at] ?? []).flatMap((instance) => instance?.name ?? []));
    const group = groups.find(({ members }) => members.some(({ name }) => names.has(name)));
    if (group === undefined) return { election, group: null };
    const leader = leaders.get(group);
    if (leader === undefined) {
      leaders.set(group, election);
      const led = withGroup(election, group, group.file, notes);
      whole.set(group, led);
      return { election: led, group };
    }
    for (const [what, , placesOf] of settings.filter(([, each]) => each(leader) !== each(election))) {
      const places = (shared[at] ?? []).flatMap((instance) => (instance === null ? [] : placesOf(instance)));
      for (const place of places.length > 0 ? places : [election.place])
        notes.changed(
          place,
          say`${election.name} and ${leader.name} are in one vrrp_sync_group and differ in ${inLanguage(what)}: both get what ${leader.name} has`,
          say`make them the same in all instances of a group`,
          { effect: "traffic" },
        );
    }
    const { name, place, virtualRouterId, addresses } = election;
    return {
      election: { ...(whole.get(group) ?? leader), name, place, virtualRouterId, addresses },
      group,
    };
  });
  for (const [at, one] of done.entries()) {
    const other = done
      .slice(0, at)
      .find((each) => settings.every(([, of]) => of(each.election) === of(one.election)));
    if (other === undefined || (one.group !== null && one.group === other.group)) continue;
    notes.changed(
      one.election.place,
      say`no vrrp_sync_group has both ${one.election.name} and ${other.election.name}: each can move alone; in the topology they move together, as they have the same hosts and settings`,
      say`give them different priorities if each should move alone`,
      { effect: "traffic" },
    );
  }
  return done.map(({ election }) => election);
}

/** What a group watches and runs, its instances do. */
function withGroup(
  election: Election,
  { uses, notifies }: SyncGroup,
  { definitions }: Configuration,
  notes: Notes,
): Election {
  const watched = election.addresses.flatMap((address) => address.interface ?? []);
  const own = new Set(election.notifies.map(({ keyword }) => keyword));
  for (const statement of notifies.filter(({ keyword }) => own.has(keyword)))
    notes.leftOut(
      statement.place,
      say`${shown(statement)} is left out: ${election.name} of the group has its own, and a topology has one for each state`,
      say`write a script that runs both`,
    );
  return {
    ...election,
    track: withTracksOfGroup(
      election.track,
      findTracks(uses, { definitions, watched, grouped: false }, notes),
    ),
    notifies: [...election.notifies, ...notifies.filter(({ keyword }) => !own.has(keyword))],
  };
}

type Setting = readonly [
  name: string,
  of: (election: Election) => string,
  places: (instance: InstanceDraft) => readonly Place[],
];

const settings: readonly Setting[] = [
  [
    "priority",
    ({ members }) => members.map(({ host, priority }) => `${host} ${priority}`).join(),
    ({ priority }) => (priority === null ? [] : [priority.place]),
  ],
  [
    "state",
    ({ members, others }) => `${others} ${members.map(({ order }) => order).join()}`,
    ({ state }) => (state === null ? [] : [state.place]),
  ],
  [
    "advert_int",
    ({ advertInterval }) => `${advertInterval}`,
    ({ advertPlace }) => (advertPlace === null ? [] : [advertPlace]),
  ],
  ["preempt", ({ preempt }) => `${preempt}`, ({ nopreempt }) => (nopreempt === null ? [] : [nopreempt])],
  [
    "preempt_delay",
    ({ preemptDelay }) => `${preemptDelay}`,
    ({ preemptDelay }) => (preemptDelay === null ? [] : [preemptDelay.place]),
  ],
  ["unicast_peer", ({ unicast }) => `${unicast}`, ({ peers }) => peers.map(({ place }) => place)],
  [
    phrase`what they track`,
    ({ track }) => JSON.stringify(track.map((each) => each.track)),
    ({ uses }) => uses.map(({ place }) => place),
  ],
  [
    "notify",
    ({ notifies }) => notifies.map(statementText).toSorted().join(),
    ({ notifies }) => notifies.map(({ place }) => place),
  ],
  [
    phrase`garp_master settings`,
    ({ garp }) => JSON.stringify(garp),
    ({ announcements }) => Object.values(announcements).map(({ place }) => place),
  ],
];

function uniqueAddresses(addresses: readonly OwnAddress[]): OwnAddress[] {
  return [...new Map(addresses.map((address) => [address.ip, address])).values()];
}
