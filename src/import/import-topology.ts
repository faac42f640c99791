/** Texts that describe a running cluster -> a topology and notes. Touches no file system. */

import { inLanguage, phrase, say } from "../languages/say.ts";
import { type AssembleOptions, assemble, type ImportedTopology } from "./assemble/topology.ts";
import { readAddresses, readIpvsadm, readTimeouts } from "./ipvsadm/read-ipvsadm.ts";
import { readKeepalived } from "./keepalived/read-keepalived.ts";
import type { ReadInclude } from "./keepalived/statements.ts";
import { readLdirectord } from "./ldirectord/read-ldirectord.ts";
import { errorNote, ImportError, type ImportNote, Notes, ranked } from "./notes.ts";
import type { Observed } from "./observed.ts";
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
  /** null if a text cannot be read, or has no virtual service that can. */
  readonly topology: ImportedTopology | null;
  /** The most important first; of a refusal the reason. */
  readonly notes: readonly ImportNote[];
  readonly services: Share;
  readonly servers: Share;
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
    const observed = withDirector(read(sources, options, notes), options);
    return result(assemble(observed, options, notes), [], notes, sources);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return result(null, [errorNote(error)], notes, sources);
  }
}

function result(
  topology: ImportedTopology | null,
  reason: readonly ImportNote[],
  notes: Notes,
  sources: readonly Source[],
): Imported {
  const services = topology?.virtualServices ?? [];
  const servers = services.flatMap(({ realServers }) => realServers).length;
  const lost = notes.lost();
  return {
    topology,
    notes: [...reason, ...ranked(notes.all, sources)],
    services: { imported: services.length, seen: services.length + lost.services },
    servers: { imported: servers, seen: servers + lost.servers },
  };
}

function read(sources: readonly [Source, ...Source[]], options: ImportOptions, notes: Notes): Observed {
  const kinds = sources.map(recognise);
  // A script reads tables and files of assignments that are given along.
  const kind: Kind = kinds.includes("script") ? "script" : (kinds[0] ?? "script");
  const parts = kind === "script" ? ["script", "ipvsadm"] : [];
  const odd = sources.length === 1 ? undefined : sources[kinds.findIndex((each) => !parts.includes(each))];
  if (odd !== undefined)
    throw new ImportError(
      startOf(odd),
      say`only scripts can be imported together`,
      say`import one keepalived.conf, or one output of 'ipvsadm -Sn'`,
    );
  const observed = readers[kind](sources, options, notes);
  const reason = nothingToImport(kind, sources[0], notes);
  const services = observed.services.filter((service) => hasServers(service, notes));
  if (services.length === 0) throw reason;
  return { ...observed, services };
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
  const hasNone = kind === "keepalived" && !/^\s*(@\S+\s+)?(virtual_server|include)/m.test(source.text);
  if (hasNone && source.text.includes("vrrp_instance"))
    return new ImportError(
      startOf(source),
      say`the text only moves addresses: it has no virtual_server, and import is for clusters of IPVS`,
      say`write addresses that move as floatingAddresses: the preset vip shows how`,
    );
  const [first] = ranked(notes.all, [source]).filter(isReason);
  if (first !== undefined)
    return new ImportError(first.place, say`no virtual service could be read: ${first.message}`, first.hint);
  return new ImportError(
    startOf(source),
    say`no virtual service with a real server`,
    inLanguage(needed[kind]),
  );
}

const needed: Readonly<Record<Kind, string>> = {
  keepalived: phrase`import a keepalived.conf with a virtual_server that has a real_server`,
  ipvsadm: phrase`import the whole output of 'ipvsadm -Sn': a topology needs its -A and -a lines`,
  ldirectord: phrase`import an ldirectord.cf with a virtual and its real lines`,
  script: phrase`import the director's script, which calls ipvsadm -A and -a, or the output of 'ipvsadm -Sn' there`,
};

const readers: Readonly<
  Record<Kind, (sources: readonly [Source, ...Source[]], options: ImportOptions, notes: Notes) => Observed>
> = {
  keepalived: ([source], options, notes) => readKeepalived(source, options, notes),
  ipvsadm: ([source], _options, notes) => readIpvsadm(source, notes),
  ldirectord: ([source], _options, notes) => readLdirectord(source, notes),
  script: (sources, _options, notes) => readScripts(sources, notes),
};

function withDirector(observed: Observed, { addresses, timeouts }: ImportOptions): Observed {
  const own = addresses === null ? null : readAddresses(addresses);
  return {
    ...observed,
    ...(own === null ? {} : { own, ownIsComplete: true }),
    ...(timeouts === null ? {} : { timeouts: readTimeouts(timeouts) }),
  };
}
