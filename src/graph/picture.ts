/** What a picture of a cluster shows: who sends packets to whom, and how answers return. */

import { listed } from "../base/counted.ts";
import { endpoint } from "../base/endpoint.ts";
import { unique } from "../base/unique.ts";
import { say } from "../languages/say.ts";
import { neighborsOf } from "../plan/announce.ts";
import { floatingElections } from "../plan/election.ts";
import { network } from "../topology/addresses.ts";
import type { Cluster, Forwarding, RealServer, VirtualService } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";
import { isMasqueraded } from "../topology/servers.ts";
import { runsInStep, shortestRange, valueInStep } from "../topology/short-forms/in-step.ts";

export interface PictureDirector {
  readonly name: string;
  /** As `eth0 192.168.1.114/24`. */
  readonly addresses: readonly string[];
  /** e.g. `master first`, `active`, or empty with a single one. */
  readonly role: string;
}

/** A router that spreads connections over directors. */
export interface PictureRouter {
  readonly id: string;
  readonly address: string;
  /** Its AS and the directors', e.g. `AS 65001, to AS 65010`. */
  readonly detail: string;
  /** Places of the directors that announce VIPs to it. */
  readonly directors: readonly number[];
}

export interface PictureService {
  readonly id: string;
  readonly name: string;
  /** e.g. `tcp 80, wrr`. */
  readonly detail: string;
}

export interface PictureVip {
  readonly id: string;
  readonly address: string;
  /** The interfaces that carry it, on directors. */
  readonly carrier: string;
  readonly services: readonly PictureService[];
}

/** How packets of a service reach servers. */
export interface Way {
  readonly service: string;
  readonly serviceName: string;
  readonly forwarding: Forwarding;
  /** The method with its tunnel, e.g. `tun gue`. */
  readonly method: string;
  /** Only when no real server works. */
  readonly isSorry: boolean;
}

export interface PictureServer {
  /** In large groups also of several, as `web[01:40]`. */
  readonly name: string;
  /** How many servers this is. */
  readonly count: number;
  readonly addresses: readonly string[];
  /** e.g. `weight 3`, `weight 3 for web`; empty where all are 1. */
  readonly weight: string;
  /** It gets no new connections. */
  readonly isDrained: boolean;
  /** e.g. `director`, `not managed`, or empty. */
  readonly note: string;
}

/** Servers of one network that the same services reach in the same way. */
export interface ServerGroup {
  readonly id: string;
  /** e.g. `192.168.1.0/24`. */
  readonly subnets: readonly string[];
  readonly ways: readonly Way[];
  readonly servers: readonly PictureServer[];
}

/** e.g. `192.168.1.200/24`, `web, moves between lb1 and lb2`. */
export interface PictureMoving {
  readonly address: string;
  readonly note: string;
  /** Whether clients ask it, and not hosts behind. */
  readonly forClients: boolean;
}

export interface Picture {
  readonly title: string;
  readonly directors: readonly PictureDirector[];
  /** Where directors announce their VIPs; else empty, and clients ask the directors. */
  readonly routers: readonly PictureRouter[];
  /** Addresses without a service that move. */
  readonly floating: readonly PictureMoving[];
  readonly vips: readonly PictureVip[];
  readonly groups: readonly ServerGroup[];
}

/** Whether answers go past the director. */
export function isDirect({ forwarding }: Way): boolean {
  return forwarding !== "nat";
}

/**
 * The picture of a cluster as data; mermaidOf, dotOf and svgOf turn it into text.
 *
 * @example
 * import { checkTopology, pictureOf, svgOf } from "lvsgen";
 * const { cluster } = checkTopology(text, "cluster.yaml");
 * if (cluster) document.body.innerHTML = svgOf(pictureOf(cluster));
 */
export function pictureOf(cluster: Cluster): Picture {
  return {
    title: cluster.name,
    directors: directorsOf(cluster),
    routers: routersOf(cluster),
    floating: floatingOf(cluster),
    vips: vipsOf(cluster),
    groups: groupsOf(cluster),
  };
}

function floatingOf({ directors, floating }: Cluster): PictureMoving[] {
  const hasMaster = directors.engine === "keepalived" && directors.announce === null;
  const ofMaster = hasMaster ? directors.vrrp.addresses : [];
  return [
    ...ofMaster.map(({ ip, prefix }) => ({
      address: `${ip}/${prefix}`,
      note: say`moves with the master`,
      forClients: false,
    })),
    ...floating.map(({ ip, prefix, name, members }) => ({
      address: `${ip}/${prefix}`,
      note: say`${name}, moves between ${listed(members.map(({ host }) => host))}`,
      forClients: true,
    })),
  ];
}

/** Directors, then other hosts of floating addresses. */
function directorsOf(cluster: Cluster): PictureDirector[] {
  const { directors, hosts, floating } = cluster;
  const others = unique(floating.flatMap(({ members }) => members.map(({ host }) => host))).filter(
    (name) => !directors.hosts.includes(name),
  );
  const shown = [
    ...directors.hosts.map((name, at) => ({
      name,
      role: roleOf(cluster, name, at),
    })),
    ...others.map((name) => ({ name, role: firstFor(cluster, name) })),
  ];
  return shown.map(({ name, role }) => ({
    name,
    addresses: (hosts.get(name)?.addresses ?? []).map((own) => `${own.interface} ${own.ip}/${own.prefix}`),
    role,
  }));
}

function roleOf({ directors }: Cluster, name: string, at: number): string {
  if (directors.announce !== null) return directors.drained.includes(name) ? say`drained` : say`active`;
  if (directors.hosts.length < 2) return "";
  return at === 0 ? say`master first` : say`standby`;
}

function routersOf(cluster: Cluster): PictureRouter[] {
  const { announce, hosts, drained } = cluster.directors;
  if (announce === null) return [];
  return announce.neighbors.map((neighbor, at) => ({
    id: `router${at + 1}`,
    address: neighbor.address,
    detail: say`AS ${neighbor.asn}, to AS ${announce.asn}`,
    directors: [...hosts.keys()].filter((place) => {
      const name = hosts[place] ?? "";
      const host = cluster.hosts.get(name);
      return host !== undefined && !drained.includes(name) && neighborsOf(cluster, host).includes(neighbor);
    }),
  }));
}

/** The floating addresses that the host has when all hosts work. */
function firstFor(cluster: Cluster, name: string): string {
  const own = [...floatingElections(cluster)].filter(
    ([, { members }]) => members.toSorted((one, other) => other.priority - one.priority)[0]?.host === name,
  );
  return own.length === 0 ? say`standby` : say`has ${listed(own.map(([address]) => address.name))} first`;
}

function serviceId(at: number): string {
  return `service${at + 1}`;
}

function vipsOf(cluster: Cluster): PictureVip[] {
  const vips = new Map<string, PictureVip>();
  for (const [at, service] of cluster.services.entries()) {
    const { vip, interfaces } = service;
    const known = vips.get(vip) ?? {
      id: `vip${vips.size + 1}`,
      address: vip,
      carrier: [...new Set(interfaces.values())].join(", "),
      services: [],
    };
    const shown = { id: serviceId(at), name: service.name, detail: detailOf(service) };
    vips.set(vip, { ...known, services: [...known.services, shown] });
  }
  return [...vips.values()];
}

function detailOf({ mark, protocol, port, scheduler, persistence, onePacket }: VirtualService): string {
  const ports =
    mark === null
      ? port === 0
        ? say`all ports`
        : `${port}`
      : mark.ports.map((range) => portRangeText(range)).join(" ");
  return listed([
    `${protocol} ${ports.length > 32 ? `${ports.slice(0, 30)} …` : ports}`,
    scheduler,
    ...(mark === null ? [] : [say`mark ${mark.value}`]),
    ...(persistence === null ? [] : [say`stays ${persistence.timeout} s`]),
    ...(onePacket ? [say`by packet`] : []),
  ]);
}

interface Member {
  readonly server: RealServer;
  readonly way: Way;
}

/** By machine, as one may serve several services; then by the services and methods that reach it. */
function groupsOf(cluster: Cluster): ServerGroup[] {
  const members = new Map<string, Member[]>();
  for (const [at, service] of cluster.services.entries()) {
    const sorry = service.sorryServer === null ? [] : [service.sorryServer];
    for (const server of [...service.realServers, ...sorry]) {
      const key = server.host ?? server.address;
      const way = wayOf(service, serviceId(at), server, server === service.sorryServer);
      members.set(key, [...(members.get(key) ?? []), { server, way }]);
    }
  }
  const groups = new Map<string, { ways: Way[]; subnets: string[]; servers: PictureServer[] }>();
  for (const [name, own] of members) {
    const subnets = subnetsOf(cluster, own);
    const ways = own.map(({ way }) => way);
    const isDirector = cluster.directors.hosts.includes(name);
    const key = JSON.stringify([subnets, ways, isDirector]);
    const group = groups.get(key) ?? { ways, subnets, servers: [] };
    group.servers.push(serverOf(cluster, name, own));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ servers, ...group }, at) => ({
    id: `group${at + 1}`,
    ...group,
    servers: servers.length > mostAlone ? inRanges(servers) : servers,
  }));
}

/** More than these are a long row of boxes. */
const mostAlone = 6;

/** Servers that differ in their numbers only: as one. */
function inRanges(servers: readonly PictureServer[]): PictureServer[] {
  return runsInStep(servers, (run) => run.length >= shortestRange).flatMap((run) => {
    if (run.length === 1) return run;
    return { ...(valueInStep(run) as PictureServer), count: run.length };
  });
}

function wayOf(
  service: VirtualService,
  id: string,
  { forwarding, tunnel }: RealServer,
  isSorry: boolean,
): Way {
  const method =
    forwarding === "tun" && tunnel.type !== "ipip"
      ? `${forwarding} ${tunnel.type}`
      : forwarding === "nat" && isMasqueraded(service)
        ? say`nat masquerading`
        : forwarding;
  return { service: id, serviceName: service.name, forwarding, method, isSorry };
}

function subnetsOf({ hosts }: Cluster, own: readonly Member[]): string[] {
  const subnets = own.map(({ server }) => {
    const address = hosts.get(server.host ?? "")?.addresses.find(({ ip }) => ip === server.address);
    return address === undefined
      ? say`unknown network`
      : `${network(address.ip, address.prefix)}/${address.prefix}`;
  });
  return [...new Set(subnets)];
}

function serverOf({ directors }: Cluster, name: string, own: readonly Member[]): PictureServer {
  const real = own.filter(({ way }) => !way.isSorry);
  return {
    name,
    count: 1,
    addresses: [...new Set(own.map(({ server, way }) => shownAddress(server, way)))].filter(
      (each) => each !== name,
    ),
    weight: weightOf(real),
    isDrained: real.length > 0 && real.every(({ server }) => server.weight === 0),
    note: directors.hosts.includes(name)
      ? say`a director`
      : own[0]?.server.host === null
        ? say`not managed`
        : "",
  };
}

function weightOf(own: readonly Member[]): string {
  const [first] = own;
  if (first === undefined) return "";
  const isSame = own.every(({ server }) => server.weight === first.server.weight);
  if (isSame) return first.server.weight === 1 ? "" : say`weight ${first.server.weight}`;
  const others = own.filter(({ server }) => server.weight !== 1);
  return listed(others.map(({ server, way }) => say`weight ${server.weight} for ${way.serviceName}`));
}

/** With the port if nat changes it. */
function shownAddress({ address, port }: RealServer, { forwarding }: Way): string {
  return forwarding === "nat" && port > 0 ? endpoint(address, port) : address;
}
