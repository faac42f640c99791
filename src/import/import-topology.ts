/** Texts that describe a running cluster -> a topology and notes. Touches no file system. */

import { inLanguage, phrase, say } from "../languages/say.ts";
import type { Topology } from "../topology/input.generated.ts";
import { assembleFloating } from "./assemble/floating.ts";
import { type AssembleOptions, assemble } from "./assemble/topology.ts";
import { readAddresses, readIpvsadm, readTimeouts } from "./ipvsadm/read-ipvsadm.ts";
import { type Configuration, readConfiguration } from "./keepalived/configuration.ts";
import { observeFloating } from "./keepalived/observe-floating.ts";
import { observeServices } from "./keepalived/observe-services.ts";
import type { ReadInclude } from "./keepalived/statements.ts";
import { readLdirectord } from "./ldirectord/read-ldirectord.ts";
import { errorNote, ImportError, type ImportNote, Notes, ranked } from "./notes.ts";
import type { Observed, ObservedFloating } from "./observed.ts";
import { type Source, startOf } from "./place.ts";
import { type Kind, recognise } from "./recognise.ts";
import { readScripts } from "./script/read-scripts.ts";

export type { ReadInclude } from "./keepalived/statements.ts";
export type { ImportNote } from "./notes.ts";
export type { Source } from "./place.ts";

export interface ImportOptions extends AssembleOptions {
  /** Output of `ip -j addr` on the director. */
  readonly addresses: Source | null;
  /** Output of `ipvsadm -L --timeout` on the director. */
  readonly timeouts: Source | null;
  /** What conditional lines of keepalived.conf are compared to. */
  readonly configId: string | null;
  /** Finds the files that a keepalived.conf includes; or returns why it cannot. */
  readonly readInclude: ReadInclude;
}

export interface Imported {
  /** null if a text cannot be read, or has neither a virtual service nor a floating address that can. */
  readonly topology: Topology | null;
  /** The most important first; of a refusal the reason. */
  readonly notes: readonly ImportNote[];
  readonly services: Share;
  readonly servers: Share;
  /** Of texts that only move addresses. */
  readonly floatingAddresses: Share;
}

/** How much of what the texts have the topology has. */
export interface Share {
  readonly imported: number;
  readonly seen: number;
}

const nothingBeside: ImportOptions = {
  addresses: null,
  timeouts: null,
  configId: null,
  os: null,
  name: null,
  readInclude: () => say`files are not read here`,
};

/**
 * recognise -> read -> add output of the director -> assemble.
 *
 * @param known what is known besides the texts
 * @example
 * import { importTopology, topologyYaml } from "lvsgen";
 * const { topology, notes } = importTopology([{ name: "keepalived.conf", text }], { os: "debian-12" });
 * if (topology) console.log(topologyYaml(topology, notes));
 */
export function importTopology(
  sources: readonly [Source, ...Source[]],
  known: Partial<ImportOptions> = {},
): Imported {
  const notes = new Notes();
  const options = { ...nothingBeside, ...known };
  try {
    return result(topologyOf(sources, options, notes), [], notes, sources);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return result(null, [errorNote(error)], notes, sources);
  }
}

/** @throws ImportError where nothing can be imported */
function topologyOf(sources: readonly [Source, ...Source[]], options: ImportOptions, notes: Notes): Topology {
  const kind = kindOf(sources);
  if (kind !== "keepalived")
    return ofServices(kind, readers[kind](sources, options, notes), sources, options, notes);
  const [first, ...rest] = sources.map((source) => readConfiguration(source, options, notes));
  if (first === undefined) throw new Error("import of no text");
  const files = [first, ...rest] as const;
  if (files.some(({ services }) => services.length > 0) || !files.some(movesAddresses)) {
    if (sources[1] !== undefined) throw onlyOne(sources[1]);
    return ofServices(kind, observeServices(first, notes), sources, options, notes);
  }
  return assembleFloating(withFirstHost(observeFloating(files, notes), options), options, notes);
}

function movesAddresses({ instances }: Configuration): boolean {
  return instances.some(({ addresses }) => addresses.length > 0);
}

function result(
  topology: Topology | null,
  reason: readonly ImportNote[],
  notes: Notes,
  sources: readonly Source[],
): Imported {
  const services = topology?.virtualServices ?? [];
  const floating = topology?.floatingAddresses ?? [];
  const servers = services.flatMap(({ realServers }) => realServers).length;
  const lost = notes.lost();
  return {
    topology,
    notes: [...reason, ...ranked(notes.all, sources)],
    services: { imported: services.length, seen: services.length + lost.services },
    servers: { imported: servers, seen: servers + lost.servers },
    floatingAddresses: { imported: floating.length, seen: floating.length + lost.addresses },
  };
}

/** @throws ImportError for texts that do not belong together */
function kindOf(sources: readonly [Source, ...Source[]]): Kind {
  const kinds = sources.map(recognise);
  // A script reads tables and files of assignments that are given along.
  const kind: Kind = kinds.includes("script") ? "script" : (kinds[0] ?? "script");
  const parts = together[kind] ?? [];
  const odd = sources.length === 1 ? undefined : sources[kinds.findIndex((each) => !parts.includes(each))];
  if (odd !== undefined) throw onlyOne(odd);
  return kind;
}

/** Kinds of texts that may come with several of the kind. */
const together: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  script: ["script", "ipvsadm"],
  // Of hosts whose addresses move between them.
  keepalived: ["keepalived"],
};

function onlyOne(odd: Source): ImportError {
  return new ImportError(
    startOf(odd),
    say`only scripts can be imported together, and keepalived.conf without a virtual_server`,
    say`import one keepalived.conf, or one output of 'ipvsadm -Sn'`,
  );
}

function ofServices(
  kind: Kind,
  seen: Observed,
  sources: readonly [Source, ...Source[]],
  options: ImportOptions,
  notes: Notes,
): Topology {
  const reason = nothingToImport(kind, sources[0], notes);
  const services = seen.services.filter((service) => hasServers(service, notes));
  if (services.length === 0) throw reason;
  return assemble(withDirector({ ...seen, services }, options), options, notes);
}

function hasServers({ servers, place }: Observed["services"][number], notes: Notes): boolean {
  if (servers.length === 0)
    notes.leftOut(place, say`service without a real server`, say`add one, and import again`, {
      lost: { services: 1 },
    });
  return servers.length > 0;
}

/** The reason is the first thing that could not be read, if there is one. */
function nothingToImport(kind: Kind, source: Source, notes: Notes): ImportError {
  const isReason = ({ code, lost }: ImportNote) => code === "IMP103" || lost.services + lost.servers > 0;
  const [first] = ranked(notes.all, [source]).filter(isReason);
  if (first !== undefined)
    return new ImportError(first.place, say`no virtual service could be read: ${first.message}`, first.hint);
  return new ImportError(
    startOf(source),
    inLanguage(missing[kind] ?? phrase`no virtual service with a real server`),
    inLanguage(needed[kind]),
  );
}

const missing: Readonly<Partial<Record<Kind, string>>> = {
  keepalived: phrase`neither a virtual service with a real server nor a vrrp_instance with an address`,
};

const needed: Readonly<Record<Kind, string>> = {
  keepalived: phrase`import a keepalived.conf with a virtual_server that has a real_server, or with a vrrp_instance that has a virtual_ipaddress`,
  ipvsadm: phrase`import the whole output of 'ipvsadm -Sn': a topology needs its -A and -a lines`,
  ldirectord: phrase`import an ldirectord.cf with a virtual and its real lines`,
  script: phrase`import the director's script, which calls ipvsadm -A and -a, or the output of 'ipvsadm -Sn' there`,
};

const readers: Readonly<
  Record<
    Exclude<Kind, "keepalived">,
    (sources: readonly [Source, ...Source[]], options: ImportOptions, notes: Notes) => Observed
  >
> = {
  ipvsadm: ([source], _options, notes) => readIpvsadm(source, notes),
  ldirectord: ([source], _options, notes) => readLdirectord(source, notes),
  script: (sources, _options, notes) => readScripts(sources, notes),
};

/** `--addresses` are those of the first text's host. */
function withFirstHost(observed: ObservedFloating, { addresses }: ImportOptions): ObservedFloating {
  const [first, ...rest] = observed.hosts;
  if (addresses === null || first === undefined) return observed;
  const moving = new Set(observed.elections.flatMap((each) => each.addresses.map(({ ip }) => ip)));
  const own = readAddresses(addresses).filter(({ ip }) => !moving.has(ip));
  return { ...observed, hosts: [{ ...first, own, ownIsComplete: true }, ...rest] };
}

function withDirector(observed: Observed, { addresses, timeouts }: ImportOptions): Observed {
  const own = addresses === null ? null : readAddresses(addresses);
  return {
    ...observed,
    ...(own === null ? {} : { own, ownIsComplete: true }),
    ...(timeouts === null ? {} : { timeouts: readTimeouts(timeouts) }),
  };
}
