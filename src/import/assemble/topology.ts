/** What was observed -> a topology, with placeholders for what is unknown. */

import { listed } from "../../base/counted.ts";
import { say } from "../../languages/say.ts";
import { broadcast, type Cidr, familyOf, network } from "../../topology/addresses.ts";
import type { Topology } from "../../topology/input.generated.ts";
import type { Family } from "../../topology/model.ts";
import type { Notes } from "../notes.ts";
import type { FoundTrack, Observed, OwnAddress } from "../observed.ts";
import type { Place } from "../place.ts";
import { onRealInterfaces } from "./carriers.ts";
import { type Placed, placeServices } from "./marks.ts";
import { nameTogether } from "./name-together.ts";
import { hostLabel, longestName, Names, plainName, serviceName } from "./names.ts";
import { returnPathOf } from "./return-path.ts";
import { assembleService } from "./services.ts";
import { isLoopback, usable } from "./usable.ts";
import { assembleVrrp } from "./vrrp.ts";
import { Wiring } from "./wiring.ts";

export interface AssembleOptions {
  /** Of all hosts; null: unknown. */
  readonly os: NonNullable<Topology["defaults"]>["os"] | null;
  readonly name: string | null;
}

/** Placeholder for an unknown operating system. */
export const placeholderOs = "debian-12";

/** @throws ImportError where a topology can have none of the services */
export function assemble(found: Observed, options: AssembleOptions, notes: Notes): Topology {
  const seen = usable(found, notes);
  const spare = new Wiring({ complete: false, used: serverAddresses(seen), names: [], networks: [] }, notes);
  const placed = placeServices(seen, (near) => spare.free(near, familyOf(near) === 4 ? 24 : 64), notes);
  const vips = new Set(placed.map(({ vip }) => vip));
  const { observed, moved } = onRealInterfaces(sortAddresses(seen, vips, notes), vips, notes);
  const wiring = wire(observed, placed, vips, notes);
  tellMoved(moved, observed, wiring, notes);
  const hosts = nameHosts(observed, placed, wiring, notes);
  const floating = observed.carried.filter(({ ip }) => !vips.has(ip));
  const names = new Names();
  const virtualServices = placed.map((each, index) =>
    assembleService(
      each,
      {
        pointer: `/virtualServices/${index}`,
        name: names.unique(ownName(each) ?? serviceName(each.service.selector), longestName),
        interface: interfaceOf(each, `/virtualServices/${index}`, { observed, wiring }, notes),
        returnPath: returnPathOf(each, `/virtualServices/${index}`, { observed, floating, wiring }, notes),
        hostOf: hosts.of,
        directors: hosts.directors,
        checks: observed.engine === "keepalived",
      },
      notes,
    ),
  );
  tellCommon(observed, options, hosts, notes);
  notes.settle(partsOf(placed, observed));
  return {
    version: 1,
    name: nameOf(observed, options, notes),
    defaults: { os: options.os ?? placeholderOs, ...kernelFor(observed, options, notes) },
    hosts: hosts.entries,
    directors: {
      hosts: hosts.directors,
      engine: observed.engine,
      ...assembleVrrp({ observed, floating, placed, wiring }, notes),
      ...(observed.notification ? { notification: observed.notification } : {}),
      ...(observed.connectionSync ? { connectionSync: observed.connectionSync } : {}),
    },
    virtualServices: nameTogether(virtualServices, (index) => ownName(placed[index]) !== null),
    ...(observed.timeouts === null || observed.timeouts === undefined ? {} : { timeouts: observed.timeouts }),
  };
}

/** Where parts of the text are in the topology: of a group of services at the first one. */
function partsOf(placed: readonly Placed[], { vrrp }: Observed): Map<Place, string> {
  const services = placed.map(({ service }, index) => [service.place, `/virtualServices/${index}`] as const);
  return new Map([
    ...(vrrp === null ? [] : [[vrrp.place, "/directors/vrrp"] as const]),
    ...trackPlaces(vrrp?.track ?? [], "/directors/vrrp"),
    ...services.toReversed(),
  ]);
}

/** Notes of a track's definition belong to its first place in the topology. */
export function trackPlaces(tracks: readonly FoundTrack[], pointer: string): (readonly [Place, string])[] {
  return tracks.flatMap(({ definition }, at) =>
    definition === null ? [] : [[definition, `${pointer}/track/${at}`] as const],
  );
}

function ownName(placed: Placed | undefined): string | null {
  return plainName(placed?.service.name ?? "");
}

export function nameOf(
  { clusterName, place }: Pick<Observed, "clusterName" | "place">,
  { name }: AssembleOptions,
  notes: Notes,
): string {
  const known = name ?? plainName(clusterName ?? "");
  if (known === null)
    notes.placeholder(
      place,
      "/name",
      say`unknown cluster name: the placeholder is ${placeholderName}`,
      say`set it with --name`,
    );
  return known ?? placeholderName;
}

const placeholderName = "imported";

/** The running kernel has the scheduler, though the placeholder's own may not. */
function kernelFor(
  { services, place }: Observed,
  { os }: AssembleOptions,
  notes: Notes,
): { kernel?: string } {
  if (os !== null || services.every(({ scheduler }) => scheduler !== "twos")) return {};
  notes.placeholder(
    place,
    "/defaults/kernel",
    say`unknown kernel, which has the scheduler twos: the placeholder is ${twosKernel}`,
    say`correct it`,
  );
  return { kernel: twosKernel };
}

/** A long-term kernel after 5.12, where the scheduler came. */
const twosKernel = "6.12";

function serverAddresses({ services, own, peers, carried, gateway, routes }: Observed): string[] {
  return [
    ...services.flatMap(({ servers, sorryServer, selector }) => [
      ...servers.map(({ address }) => address),
      ...(sorryServer === null ? [] : [sorryServer.address]),
      ...(selector.kind === "port" ? [selector.vip] : []),
    ]),
    ...[...own, ...peers.flat(), ...carried].map(({ ip }) => ip),
    ...(gateway === null ? [] : [gateway.via]),
    ...routes.map(({ via }) => via),
  ];
}

/** Of all addresses on the director's interfaces: VIPs move or lvsgen adds them, the others are the host's own. */
function sortAddresses(seen: Observed, vips: ReadonlySet<string>, notes: Notes): Observed {
  const moving = new Set(seen.carried.map(({ ip }) => ip));
  const found = seen.own.filter(({ ip }) => vips.has(ip) && !moving.has(ip));
  const carried = [...seen.carried, ...found.map((address) => ({ ...address, virtualRouterId: null }))];
  const own = seen.own.filter(({ ip }) => !vips.has(ip) && !moving.has(ip));
  if (seen.engine === "keepalived") return { ...seen, carried, own };
  // Without VRRP an address of a script is a VIP, or the host's own.
  const more = carried.filter(({ ip }) => !vips.has(ip));
  const hostOnly = ({ ip, prefix }: OwnAddress) =>
    prefix === null || prefix === (familyOf(ip) === 4 ? 32 : 128);
  for (const { ip, place } of [...more, ...own].filter(hostOnly))
    notes.leftOut(place, say`no service has the VIP ${ip}`, say`add a service, or do without the address`);
  return {
    ...seen,
    carried: carried.filter(({ ip }) => vips.has(ip)),
    own: [...own, ...more].filter((address) => !hostOnly(address)),
  };
}

function wire(
  observed: Observed,
  placed: readonly Placed[],
  vips: ReadonlySet<string>,
  notes: Notes,
): Wiring {
  const { own, peers, carried, ownIsComplete, connectionSync, gateway, routes } = observed;
  const names = [...own, ...carried].flatMap((address) => address.interface ?? []);
  const used = [...serverAddresses(observed), ...vips];
  const wiring = new Wiring(
    { complete: ownIsComplete, used, names, networks: [...networksOf(observed), ...largerNetworks(used)] },
    notes,
  );
  for (const address of own) wiring.known(address);
  for (const { ip, interface: name, place } of peers.flat()) wiring.reach(ip, name, null, place);
  const carriers = new Map(carried.map((address) => [address.ip, address]));
  const carrierOf = (vip: string) => carriers.get(vip) ?? null;
  const servers = (method: string) =>
    placed.flatMap(({ vip, service }) =>
      [...service.servers, ...(service.sorryServer === null ? [] : [service.sorryServer])]
        .filter((server) => server.forwarding === method && !isLoopback(server.address))
        .map((server) => ({ server, vip })),
    );
  const direct = servers("dr").map((each) => ({ ...each, name: carrierOf(each.vip)?.interface ?? null }));
  for (const { server, name } of direct)
    if (name !== null) wiring.reach(server.address, name, null, server.place);
  // Known interfaces come before placeholders.
  for (const { ip, interface: name, prefix, place } of carried)
    if (name !== null && wiring.on(name, familyOf(ip)) === undefined) wiring.add(ip, name, prefix, place);
  for (const { server } of direct) wiring.reach(server.address, null, null, server.place);
  for (const { vip, service } of placed) {
    const carrier = carrierOf(vip);
    const hasOther = wiring.addresses.some(({ family }) => family === familyOf(vip));
    const isNat = service.servers.some(({ forwarding }) => forwarding === "nat");
    const onKnown =
      carrier?.interface === undefined || carrier.interface === null
        ? hasOther && !isNat
        : wiring.on(carrier.interface, familyOf(vip)) !== undefined;
    if (!onKnown) wiring.reach(vip, carrier?.interface ?? null, carrier?.prefix ?? null, service.place);
  }
  for (const { ip, interface: name, prefix, place } of carried)
    if (wiring.on(name, familyOf(ip)) === undefined) wiring.reach(ip, name, prefix, place);
  for (const { server } of servers("nat")) wiring.reach(server.address, null, null, server.place);
  // Of networks for examples (RFC 5737, RFC 3849).
  const isIpv6 = carried.some(({ ip }) => familyOf(ip) === 6);
  const isIpv4 = !isIpv6 || carried.some(({ ip }) => familyOf(ip) === 4);
  const adverts = observed.vrrp?.interface ?? null;
  const links: { name: string | null; family: Family; spare: string }[] = [
    { name: connectionSync?.interface ?? null, family: 4, spare: "198.51.100.1" },
  ];
  for (const { via, place } of [...(gateway === null ? [] : [gateway]), ...routes])
    wiring.reach(via, null, null, place);
  if (isIpv4) links.push({ name: adverts, family: 4, spare: "203.0.113.1" });
  if (isIpv6) links.push({ name: adverts, family: 6, spare: "2001:db8:ffff::1" });
  for (const { name, family, spare } of links)
    if (name !== null && wiring.on(name, family) === undefined && !ownIsComplete)
      wiring.add(spare, name, null, observed.place);
  return wiring;
}

/** What prefix lengths of addresses that move say of the networks. */
function networksOf({ own, carried }: Observed): Cidr[] {
  const cidrs = [...own, ...carried].flatMap(({ ip, prefix }) => {
    const family = familyOf(ip);
    const isNetwork = prefix !== null && prefix > 0 && prefix < (family === 4 ? 31 : 127);
    return isNetwork ? [{ ip: network(ip, prefix), prefix, family }] : [];
  });
  return [...new Map(cidrs.map((cidr) => [`${cidr.ip}/${cidr.prefix}`, cidr])).values()];
}

/** A VIP or a server is neither the first nor the last address of its network: then that is larger than usual. */
export function largerNetworks(addresses: readonly string[]): Cidr[] {
  return addresses
    .filter((ip) => /^\d.*\.(0|255)$/.test(ip))
    .flatMap((ip): Cidr[] => {
      for (let prefix = 24; prefix >= 8; prefix--)
        if (network(ip, prefix) !== ip && broadcast(ip, prefix) !== ip)
          return [{ ip: network(ip, prefix), prefix, family: 4 }];
      return [];
    });
}

/** Those that the text sets on its director. */
function routesOf({ gateway, routes }: Observed): Pick<Topology["hosts"][string], "gateway" | "routes"> {
  return {
    ...(routes.length === 0 ? {} : { routes: routes.map(({ to, via }) => ({ to, via })) }),
    ...(gateway === null ? {} : { gateway: gateway.via }),
  };
}

interface Hosts {
  readonly entries: Topology["hosts"];
  readonly directors: string[];
  readonly of: (address: string) => string | null;
  readonly servers: readonly string[];
}

function nameHosts(observed: Observed, placed: readonly Placed[], wiring: Wiring, notes: Notes): Hosts {
  const names = new Names();
  const known = hostLabel(observed.directorName ?? "");
  const first = names.unique(known ?? "director");
  const others = observed.peers.map((_, index) => names.unique(`director${index + 2}`));
  const hostOf = new Map<string, string>(wiring.addresses.map(({ ip }) => [ip, first]));
  const entries: Topology["hosts"] = {
    [first]: { interfaces: interfacesOf(wiring.addresses), ...routesOf(observed) },
  };
  for (const [index, name] of others.entries()) {
    const addresses = wiring.addresses.map((address) => {
      const own = observed.peers[index]?.find(({ ip }) => wiring.near(ip) === address);
      return { ...address, ip: own?.ip ?? wiring.free(address.ip, address.prefix) };
    });
    for (const { ip } of addresses) hostOf.set(ip, name);
    entries[name] = { interfaces: interfacesOf(addresses) };
  }
  const servers: string[] = [];
  for (const { service } of placed) {
    const sorry = service.sorryServer === null ? [] : [service.sorryServer];
    for (const { address } of [...service.servers, ...sorry]) {
      if (hostOf.has(address) || isLoopback(address)) continue;
      const name = names.unique(`rs${servers.length + 1}`);
      servers.push(name);
      hostOf.set(address, name);
      entries[name] = { interfaces: { eth0: `${address}/${wiring.prefixOf(address)}` } };
    }
  }
  const order = observed.vrrp?.order ?? null;
  const isOrdered = order === "first" || (order === "last" && others.length === 1);
  if (known === null || others.length > 0)
    notes.placeholder(
      observed.place,
      "/directors/hosts",
      known === null && others.length === 0
        ? say`unknown name of the director: the placeholder is ${first}`
        : isOrdered
          ? say`unknown names of the directors: the placeholders are ${listed([first, ...others])}`
          : say`unknown names and order of the directors: the placeholders are ${listed([first, ...others])}`,
      say`rename under hosts and in directors.hosts, where the first has the highest priority`,
    );
  return {
    entries,
    directors: order === "last" ? [...others, first] : [first, ...others],
    of: (address) =>
      isLoopback(address) ? (others.length === 0 ? first : null) : (hostOf.get(address) ?? null),
    servers,
  };
}

export function interfacesOf(
  addresses: readonly { interface: string; ip: string; prefix: number }[],
): Record<string, string | string[]> {
  const grouped = new Map<string, string[]>();
  for (const { interface: name, ip, prefix } of addresses)
    grouped.set(name, [...(grouped.get(name) ?? []), `${ip}/${prefix}`]);
  return Object.fromEntries(
    [...grouped].map(([name, cidrs]) => [name, cidrs.length === 1 ? (cidrs[0] ?? "") : cidrs]),
  );
}

/** Named only if no subnet of a director determines it. */
function interfaceOf(
  { vip, service }: Placed,
  pointer: string,
  { observed, wiring }: { observed: Observed; wiring: Wiring },
  notes: Notes,
): string | null {
  const near = wiring.near(vip);
  const name = observed.carried.find(({ ip }) => ip === vip)?.interface ?? null;
  if (near !== undefined)
    return name === null || name === near.interface || wiring.on(name, near.family) === undefined
      ? null
      : name;
  const likely = name ?? firstInterface(familyOf(vip), wiring);
  if (name === null && likely !== null)
    notes.placeholder(
      service.place,
      `${pointer}/interface`,
      say`unknown interface of the VIP ${vip}: the placeholder is ${likely}`,
      say`correct it`,
    );
  return likely;
}

function firstInterface(family: Family, { addresses }: Wiring): string | null {
  return addresses.find((address) => address.family === family)?.interface ?? addresses[0]?.interface ?? null;
}

function tellMoved(
  moved: ReadonlyMap<string, string>,
  { carried }: Observed,
  wiring: Wiring,
  notes: Notes,
): void {
  for (const { ip, place } of carried) {
    const from = moved.get(ip);
    const to = wiring.near(ip)?.interface ?? firstInterface(familyOf(ip), wiring);
    if (from !== undefined)
      notes.changed(
        place,
        say`the VIP ${ip} was on ${from}; lvsgen has it on ${to}`,
        say`no change is needed if clients' packets come in there`,
        { effect: "traffic" },
      );
  }
}

function tellCommon(observed: Observed, { os }: AssembleOptions, { servers }: Hosts, notes: Notes): void {
  const { place, services, tellsThresholds } = observed;
  if (os === null)
    notes.placeholder(
      place,
      "/defaults/os",
      say`unknown operating system of the hosts: the placeholder is ${placeholderOs}`,
      say`set it with --os, or correct defaults.os and hosts.*.os`,
    );
  const at = services[0]?.servers[0]?.place ?? place;
  const [first] = servers;
  if (first !== undefined)
    notes.placeholder(
      at,
      `/hosts/${first}`,
      servers.length > 1
        ? say`unknown names and interfaces of the real servers: the placeholders are ${first} to ${servers.at(-1)}, each with eth0`
        : say`unknown names and interfaces of the real servers: the placeholders are ${first}, each with eth0`,
      say`rename them, and merge hosts that are one machine`,
    );
  if (!tellsThresholds && observed.engine === "ipvsadm")
    notes.placeholder(
      place,
      "",
      say`unknown connection thresholds: none are set`,
      say`run 'ipvsadm -Ln --thresholds', and set upperThreshold and lowerThreshold`,
    );
}
