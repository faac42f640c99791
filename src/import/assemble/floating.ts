/** Addresses that move, of one host's text or of several hosts' -> a topology, with placeholders for what is unknown. */

import { say } from "../../languages/say.ts";
import {
  addressKind,
  broadcast,
  type Cidr,
  familyOf,
  isLinkLocal,
  network,
} from "../../topology/addresses.ts";
import type { FloatingAddress, Topology } from "../../topology/input.generated.ts";
import { ImportError, type Notes } from "../notes.ts";
import type { CarriedAddress, ObservedElection, ObservedFloating } from "../observed.ts";
import type { Place } from "../place.ts";
import { isCarrierOnly } from "./carriers.ts";
import { floatingHosts } from "./floating-hosts.ts";
import { membersOf } from "./members.ts";
import { longestName, Names, plainName } from "./names.ts";
import { type AssembleOptions, largerNetworks, nameOf, placeholderOs, trackPlaces } from "./topology.ts";
import { Wiring } from "./wiring.ts";

/** @throws ImportError where no address can be in a topology */
export function assembleFloating(seen: ObservedFloating, options: AssembleOptions, notes: Notes): Topology {
  const observed = usableElections(seen, notes);
  const wiring = wire(observed, notes);
  const hosts = floatingHosts(observed, wiring, notes);
  const names = new Names();
  const ids = new RouterIds(wiring, notes);
  const floatingAddresses: FloatingAddress[] = [];
  const places = new Map<Place, string>();
  for (const election of observed.elections) {
    const pointer = `/floatingAddresses/${floatingAddresses.length}`;
    const members = membersOf(election, hosts, pointer, notes);
    for (const [place, at] of trackPlaces(election.track, pointer))
      if (!places.has(place)) places.set(place, at);
    places.set(election.place, pointer);
    // A copy each: YAML would have references to shared ones.
    for (const address of election.addresses)
      floatingAddresses.push(
        structuredClone({
          name: names.unique(plainName(election.name) ?? "address", longestName),
          ...placeOf(address, wiring),
          hosts: members,
          virtualRouterId: ids.free(election, address, `/floatingAddresses/${floatingAddresses.length}`),
          ...settingsOf(election),
        }),
      );
  }
  tellSystem(observed, options, notes);
  notes.settle(places);
  return {
    version: 1,
    name: nameOf(observed, options, notes),
    defaults: { os: options.os ?? placeholderOs },
    hosts: hosts.entries,
    floatingAddresses,
  };
}

function settingsOf({
  advertInterval,
  preempt,
  preemptDelay,
  unicast,
  track,
  notifies,
  garp,
}: ObservedElection): Omit<FloatingAddress, "name" | "address" | "hosts" | "virtualRouterId"> {
  return {
    advertInterval,
    preempt,
    ...(preempt && preemptDelay > 0 ? { preemptDelay } : {}),
    unicast,
    ...(track.length === 0 ? {} : { track: track.map((each) => each.track) }),
    ...notifies,
    ...(Object.keys(garp).length === 0 ? {} : { garp }),
  };
}

/** Without a prefix length keepalived has it as the only address of its network. Named only if no subnet of the hosts says it. */
function placeOf(
  { ip, prefix, interface: name }: CarriedAddress,
  wiring: Wiring,
): Pick<FloatingAddress, "address" | "interface"> {
  const near = wiring.near(ip);
  const isPlain = name === null || near?.interface === name;
  return {
    address: `${ip}/${prefix ?? (familyOf(ip) === 4 ? 32 : 128)}`,
    ...(isPlain ? {} : { interface: name }),
  };
}

/** Each address once, and none that no host can have. */
function usableElections(seen: ObservedFloating, notes: Notes): ObservedFloating {
  const known = new Map<string, string>();
  const lost = { lost: { addresses: 1 } };
  const elections = seen.elections.flatMap((election) => {
    const addresses = election.addresses.flatMap((address) => {
      const { ip, place, interface: name } = address;
      const first = known.get(ip);
      if (addressKind(ip) !== "ordinary" || isLinkLocal(ip))
        notes.leftOut(place, say`${ip} cannot be a floating address`, say`remove it`, lost);
      else if (first !== undefined)
        notes.leftOut(
          place,
          say`the address ${ip} is given again: ${first} has it`,
          say`remove one of them`,
          {
            effect: "traffic",
          },
        );
      else {
        known.set(ip, election.name);
        return isCarrierOnly(name) ? { ...address, interface: null } : address;
      }
      return [];
    });
    return addresses.length === 0 ? [] : { ...election, addresses };
  });
  const [first] = seen.elections;
  if (elections.length === 0)
    throw new ImportError(
      first?.place ?? seen.place,
      say`no address of the text can be a floating address`,
      say`add one to a vrrp_instance, and import again`,
    );
  return { ...seen, ...withoutMoving(seen, known, notes), elections };
}

/** What moves is nobody's own. */
function withoutMoving(
  { hosts, others }: ObservedFloating,
  moving: ReadonlyMap<string, string>,
  notes: Notes,
): Pick<ObservedFloating, "hosts" | "others"> {
  const isOwn = ({ ip, place }: { readonly ip: string; readonly place: Place }): boolean => {
    if (addressKind(ip) !== "ordinary" || isLinkLocal(ip)) {
      notes.leftOut(
        place,
        say`${ip} cannot be a host's own address in a topology`,
        say`use an ordinary address`,
      );
      return false;
    }
    if (!moving.has(ip)) return true;
    notes.changed(
      place,
      say`${ip} is a host's own address here, and moves elsewhere: the topology has it move`,
      say`correct one of the two`,
      { effect: "traffic" },
    );
    return false;
  };
  return {
    hosts: hosts.map((host) => ({ ...host, own: host.own.filter(isOwn) })),
    others: others.map((own) => own.filter(isOwn)),
  };
}

/** Interfaces of the first host: known addresses, and placeholders near what moves. */
function wire({ elections, hosts, others }: ObservedFloating, notes: Notes): Wiring {
  const carried = elections.flatMap(({ addresses }) => addresses);
  const own = [...hosts.flatMap((host) => host.own), ...others.flat()];
  const [first] = hosts;
  const used = [...carried, ...own].map(({ ip }) => ip);
  const wiring = new Wiring(
    {
      complete: first?.ownIsComplete ?? false,
      owner: hosts.length === 1 ? say`the host` : say`the first host`,
      used,
      names: carried.flatMap((address) => address.interface ?? []),
      networks: [...networksOf([...carried, ...own]), ...largerNetworks(used)],
    },
    notes,
  );
  for (const address of first?.own ?? []) wiring.known(address);
  for (const { ip, interface: name, place } of own) {
    const here = nameOfFirst(name, hosts.find((host) => host.own.some((each) => each.ip === ip))?.interfaces);
    wiring.reach(ip, here, null, place);
  }
  for (const { ip, interface: name, prefix, place } of carried)
    if (name === null) wiring.reach(ip, null, prefix, place);
    else if (wiring.on(name, familyOf(ip)) === undefined) wiring.add(ip, name, prefix, place);
  return wiring;
}

/** Another host's name of an interface -> the first host's. */
function nameOfFirst(name: string | null, names: ReadonlyMap<string, string> = new Map()): string | null {
  return [...names].find(([, its]) => its === name)?.[0] ?? name;
}

/** What prefix lengths say of the networks. */
function networksOf(addresses: readonly { readonly ip: string; readonly prefix: number | null }[]): Cidr[] {
  const cidrs = addresses.flatMap(({ ip, prefix }): Cidr[] => {
    const family = familyOf(ip);
    const isNetwork = prefix !== null && prefix > 0 && prefix < (family === 4 ? 31 : 127);
    if (!isNetwork || broadcast(ip, prefix) === ip) return [];
    return [{ ip: network(ip, prefix), prefix, family }];
  });
  return [...new Map(cidrs.map((cidr) => [`${cidr.ip}/${cidr.prefix}`, cidr])).values()];
}

/** Addresses of one instance on several interfaces are several routers: each needs an id of its own on its segment. */
class RouterIds {
  /** By segment and id, whose it is. */
  readonly #owners = new Map<string, string>();
  readonly #wiring: Wiring;
  readonly #notes: Notes;

  constructor(wiring: Wiring, notes: Notes) {
    this.#wiring = wiring;
    this.#notes = notes;
  }

  free(election: ObservedElection, address: CarriedAddress, pointer: string): number {
    const { virtualRouterId, name, place } = election;
    const owner = `${name} ${address.interface ?? ""}`;
    const segment = this.#segmentOf(address);
    const isFree = (id: number) => (this.#owners.get(`${segment} ${id}`) ?? owner) === owner;
    const own = Array.from({ length: 255 }, (_, at) => at + 1).find(
      (id) => this.#owners.get(`${segment} ${id}`) === owner,
    );
    const next = Array.from({ length: 254 }, (_, at) => ((virtualRouterId + at) % 255) + 1);
    const id = own ?? [virtualRouterId, ...next].find(isFree) ?? virtualRouterId;
    this.#owners.set(`${segment} ${id}`, owner);
    if (id !== virtualRouterId)
      this.#notes.placeholder(
        place,
        `${pointer}/virtualRouterId`,
        say`the virtual_router_id ${virtualRouterId} is in use on the segment of ${address.ip}: ${id} is the placeholder`,
        say`choose an id that no other router of the segment has`,
      );
    return id;
  }

  #segmentOf({ ip, interface: name }: CarriedAddress): string {
    const family = familyOf(ip);
    const at = this.#wiring.on(name, family) ?? this.#wiring.near(ip);
    return at === undefined ? `${family} ${name}` : `${network(at.ip, at.prefix)}/${at.prefix}`;
  }
}

function tellSystem({ place }: ObservedFloating, { os }: AssembleOptions, notes: Notes): void {
  if (os === null)
    notes.placeholder(
      place,
      "/defaults/os",
      say`unknown operating system of the hosts: the placeholder is ${placeholderOs}`,
      say`set it with --os, or correct defaults.os and hosts.*.os`,
    );
}
