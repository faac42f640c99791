/** A pasted or dropped text -> a topology: the text itself, or an import of what runs today. */

import { importTopology } from "../../../src/import/import-topology.ts";
import { recognise } from "../../../src/import/recognise.ts";
import { topologyYaml } from "../../../src/import/topology-yaml.ts";
import { loadTopology } from "../../../src/topology/load.ts";
import { formModel } from "../form/form-model.ts";
import type { TopologyText } from "../topology-text.ts";
import { pageHint } from "./page-hint.ts";
import type { Found, ImportResult, ImportSource } from "./protocol.ts";

export function importText(sources: readonly [ImportSource, ...ImportSource[]]): ImportResult {
  const [first] = sources;
  if (sources.length === 1 && isTopology(first)) {
    const topology = { text: first.text, name: topologyName(first) };
    return { topology, notes: [], found: foundIn(sources, topology) };
  }
  const { topology, notes } = importTopology(sources, {
    addresses: null,
    timeouts: null,
    configId: null,
    os: null,
    name: null,
    readInclude: () => "a page reads no files",
  });
  const imported = topology === null ? null : { text: topologyYaml(topology, notes), name: "topology.yaml" };
  return {
    topology: imported,
    notes: notes.map(({ severity, code, place, message, hint }) => ({
      severity,
      code,
      place: `${place.source.name}:${place.line}:${place.column}`,
      message,
      hint: pageHint(hint),
    })),
    found: foundIn(sources, imported),
  };
}

function foundIn(sources: readonly ImportSource[], topology: TopologyText | null): Found {
  const model = topology === null ? null : formModel(topology);
  return {
    sources: sources.map((source) => ({ name: source.name, kind: kindOf(source) })),
    counts:
      model === null
        ? null
        : {
            hosts: model.hosts.length,
            services: model.services.length,
            servers: model.services.reduce((sum, { servers }) => sum + servers.length, 0),
          },
  };
}

function kindOf(source: ImportSource): Found["sources"][number]["kind"] {
  if (isTopology(source)) return "topology";
  try {
    return recognise(source);
  } catch {
    return "unknown";
  }
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
