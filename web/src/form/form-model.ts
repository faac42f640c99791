/** What the form shows of a topology, even of an invalid one: all values as texts, missing ones as empty texts. */

import { canonicalIp } from "../../../src/topology/addresses.ts";
import { loadTopology } from "../../../src/topology/load.ts";
import { expandRange, parseRange } from "../../../src/topology/short-forms/range.ts";
import type { TopologyText } from "../topology-text.ts";

export interface FormModel {
  readonly name: string;
  /** The system of hosts without one of their own. */
  readonly os: string;
  readonly engine: string;
  /** Whom ssh logs in as on hosts without one of their own. */
  readonly sshUser: string;
  readonly virtualRouterId: string;
  /** Whether routers spread connections over all directors, without VRRP. */
  readonly isAnnounced: boolean;
  readonly hosts: readonly FormHost[];
  readonly services: readonly FormService[];
}

export interface FormHost {
  readonly name: string;
  /** The host's own system; empty: the common one. */
  readonly os: string;
  /** The first interface. */
  readonly interface: string;
  /** The first address of the first interface. */
  readonly address: string;
  /** Whether the first address is in a list. */
  readonly isListed: boolean;
  /** All others. */
  readonly moreAddresses: readonly FormAddress[];
  /** The host's own user; empty: the common one. */
  readonly sshUser: string;
  readonly isDirector: boolean;
}

export interface FormAddress {
  readonly interface: string;
  /** In the interface's list; null: it is not in a list. */
  readonly index: number | null;
  readonly value: string;
}

export interface FormService {
  readonly name: string;
  readonly vip: string;
  /** With commas where there are several. */
  readonly port: string;
  /** Where the port is written. */
  readonly portKey: "port" | "ports";
  /** With commas where there are several. */
  readonly protocol: string;
  readonly scheduler: string;
  readonly forwarding: string;
  /** Uses a firewall mark, and so has no single port. */
  readonly hasMark: boolean;
  /** Empty: no health check. */
  readonly checkType: string;
  readonly checkPath: string;
  readonly checkInterval: string;
  /** Seconds that a client stays with its server, or a time with its unit; empty: no persistence. */
  readonly persistence: string;
  /** Host or address; empty: none. */
  readonly sorryServer: string;
  /** Where the sorry server is written, below the service. */
  readonly sorryKey: "sorryServer" | "host" | "address";
  readonly servers: readonly FormServer[];
}

export interface FormServer {
  /** Which key names the server: host or address. */
  readonly key: "host" | "address";
  /** Written as its name or address alone. */
  readonly isPlain: boolean;
  readonly target: string;
  readonly port: string;
  readonly weight: string;
}

/** null if the text cannot be read. */
export function formModel({ text, name }: TopologyText): FormModel | null {
  const { value } = loadTopology(text, name);
  if (!isRecord(value)) return null;
  const directors = record(value.directors);
  const isAnnounced = directors.announce !== undefined;
  const directorNames = new Set(list(directors.hosts).flatMap((host) => namesOf(shown(host))));
  return {
    name: shown(value.name),
    os: shown(record(value.defaults).os),
    engine: shown(directors.engine) || "ipvsadm",
    sshUser: shown(record(record(value.defaults).ssh).user),
    virtualRouterId: shown(record(directors.vrrp).virtualRouterId),
    isAnnounced,
    hosts: Object.entries(record(value.hosts)).map(([host, own]) => hostOf(host, record(own), directorNames)),
    services: list(value.virtualServices).map((service) => serviceOf(record(service), isAnnounced)),
  };
}

function hostOf(name: string, host: Fields, directors: ReadonlySet<string>): FormHost {
  const interfaces = Object.entries(record(host.interfaces));
  const addresses = interfaces.flatMap(([each, own]) => addressesOf(each, own));
  return {
    name,
    os: shown(host.os),
    interface: interfaces[0]?.[0] ?? "",
    address: addresses[0]?.value ?? "",
    isListed: (addresses[0]?.index ?? null) !== null,
    moreAddresses: addresses.slice(1),
    sshUser: shown(record(host.ssh).user),
    isDirector: namesOf(name).some((each) => directors.has(each)),
  };
}

function addressesOf(name: string, written: unknown): FormAddress[] {
  if (!Array.isArray(written)) return [{ interface: name, index: null, value: shown(written) }];
  return written.map((value, index) => ({ interface: name, index, value: shown(value) }));
}

function serviceOf(service: Fields, isAnnounced: boolean): FormService {
  const hasMark = service.fwmark !== undefined;
  const portKey = !hasMark && service.port === undefined && service.ports !== undefined ? "ports" : "port";
  return {
    name: shown(service.name),
    vip: shown(service.vip),
    port: shownAll(service[portKey]),
    portKey,
    protocol: shownAll(service.protocol) || "tcp",
    scheduler: shown(service.scheduler) || defaultScheduler(isAnnounced),
    forwarding: shown(service.forwarding) || "dr",
    hasMark,
    ...checkOf(record(service.healthCheck)),
    persistence: persistenceOf(service.persistence),
    ...sorryOf(service.sorryServer),
    servers: list(service.realServers).map(serverOf),
  };
}

/** Of active directors, where every kernel has it. */
export function defaultScheduler(isAnnounced: boolean): string {
  return isAnnounced ? "mh" : "wlc";
}

function checkOf(check: Fields): Pick<FormService, "checkType" | "checkPath" | "checkInterval"> {
  return { checkType: shown(check.type), checkPath: shown(check.path), checkInterval: shown(check.interval) };
}

/** Without a time it is the schema's default. */
function persistenceOf(written: unknown): string {
  return isRecord(written) ? shown(written.timeout ?? 300) : "";
}

function sorryOf(written: unknown): Pick<FormService, "sorryServer" | "sorryKey"> {
  if (!isRecord(written)) return { sorryServer: shown(written), sorryKey: "sorryServer" };
  const key = written.host === undefined && written.address !== undefined ? "address" : "host";
  return { sorryServer: shown(written[key]), sorryKey: key };
}

function serverOf(written: unknown): FormServer {
  if (typeof written === "string") {
    const key = canonicalIp(written) === null ? "host" : "address";
    return { key, isPlain: true, target: written, port: "", weight: "1" };
  }
  const server = record(written);
  const key = server.host === undefined && server.address !== undefined ? "address" : "host";
  return {
    key,
    isPlain: false,
    target: shown(server[key]),
    port: shown(server.port),
    weight: shown(server.weight ?? 1),
  };
}

/** Whether a further server is a name alone: as the others of its service, or of all. */
export function isWrittenPlain({ services }: FormModel, own: readonly FormServer[]): boolean {
  const others = own.length > 0 ? own : services.flatMap(({ servers }) => servers);
  return others.every(({ isPlain }) => isPlain);
}

/** Of a range of hosts, all; a malformed one is a name. */
export function namesOf(name: string): string[] {
  const range = parseRange(name);
  return range === null ? [name] : expandRange(range);
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function shown(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function shownAll(value: unknown): string {
  return Array.isArray(value) ? value.map(shown).join(", ") : shown(value);
}
