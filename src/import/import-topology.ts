/** Texts that describe a running cluster -> a topology and notes. Touches no file system. */

import type { Topology } from "../topology/input.generated.ts";
import { type AssembleOptions, assemble } from "./assemble/topology.ts";
import { readAddresses, readIpvsadm, readTimeouts } from "./ipvsadm/read-ipvsadm.ts";
import { readKeepalived } from "./keepalived/read-keepalived.ts";
import type { ReadInclude } from "./keepalived/statements.ts";
import { errorNote, ImportError, type ImportNote, Notes } from "./notes.ts";
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
  /** null if a text cannot be read. */
  readonly topology: Topology | null;
  /** In the order of texts and lines. */
  readonly notes: readonly ImportNote[];
}

const nothingBeside: ImportOptions = {
  addresses: null,
  timeouts: null,
  configId: null,
  os: null,
  name: null,
  readInclude: () => "files are not read here",
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
    const topology = assemble(observed, options, notes);
    return { topology, notes: inOrder(notes.all, sources) };
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return { topology: null, notes: [errorNote(error)] };
  }
}

function read(sources: readonly [Source, ...Source[]], options: ImportOptions, notes: Notes): Observed {
  const kinds = sources.map(recognise);
  const kind: Kind = kinds[0] ?? "script";
  const odd = sources[kinds.findIndex((each) => each !== kind || (kind !== "script" && sources.length > 1))];
  if (odd !== undefined)
    throw new ImportError(
      startOf(odd),
      "only scripts can be imported together",
      "import one keepalived.conf, or one output of 'ipvsadm -Sn'",
    );
  const observed = readers[kind](sources, options, notes);
  if (observed.services.every(({ servers }) => servers.length === 0))
    throw new ImportError(
      startOf(sources[0]),
      "no virtual service with a real server",
      kind === "keepalived" ? "a topology needs a virtual_server" : "a topology needs -A and -a lines",
    );
  return { ...observed, services: observed.services.filter((service) => hasServers(service, notes)) };
}

function hasServers({ servers, place }: Observed["services"][number], notes: Notes): boolean {
  if (servers.length === 0)
    notes.leftOut(place, "service without a real server", "add one, and import again");
  return servers.length > 0;
}

const readers: Readonly<
  Record<Kind, (sources: readonly [Source, ...Source[]], options: ImportOptions, notes: Notes) => Observed>
> = {
  keepalived: ([source], options, notes) => readKeepalived(source, options, notes),
  ipvsadm: ([source], _options, notes) => readIpvsadm(source, notes),
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

function inOrder(notes: readonly ImportNote[], sources: readonly Source[]): ImportNote[] {
  const at = ({ source }: ImportNote["place"]) => {
    const index = sources.indexOf(source);
    return index < 0 ? sources.length : index;
  };
  return notes.toSorted(
    (a, b) => at(a.place) - at(b.place) || a.place.line - b.place.line || a.place.column - b.place.column,
  );
}
