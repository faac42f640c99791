/** A pasted or dropped text -> a topology: the text itself, or an import of what runs today. */

import { importTopology } from "../../../src/import/import-topology.ts";
import { topologyYaml } from "../../../src/import/topology-yaml.ts";
import { loadTopology } from "../../../src/topology/load.ts";
import type { ImportResult, ImportSource } from "./protocol.ts";

export function importText(sources: readonly [ImportSource, ...ImportSource[]]): ImportResult {
  const [first] = sources;
  if (sources.length === 1 && isTopology(first))
    return { topology: { text: first.text, name: topologyName(first) }, notes: [] };
  const { topology, notes } = importTopology(sources, {
    addresses: null,
    timeouts: null,
    configId: null,
    os: null,
    name: null,
    readInclude: () => "a page reads no files",
  });
  return {
    topology: topology === null ? null : { text: topologyYaml(topology, notes), name: "topology.yaml" },
    notes: notes.map(({ severity, code, place, message, hint }) => ({
      severity,
      code,
      place: `${place.source.name}:${place.line}:${place.column}`,
      message,
      hint,
    })),
  };
}

/** Anything with one of a topology's own keys: the rules report its errors. */
function isTopology(source: ImportSource): boolean {
  const { value } = loadTopology(source.text, topologyName(source));
  if (typeof value !== "object" || value === null) return false;
  return ["virtualServices", "directors", "hosts"].some((key) => Object.hasOwn(value, key));
}

function topologyName({ name, text }: ImportSource): string {
  if (/\.json$/i.test(name)) return "topology.json";
  if (/\.ya?ml$/i.test(name)) return "topology.yaml";
  return /^\s*\{/.test(text) ? "topology.json" : "topology.yaml";
}
