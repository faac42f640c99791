/** JSON <-> YAML: the same value; JSON cannot keep comments. */

import { stringify } from "yaml";
import { loadTopology } from "../../../src/topology/load.ts";
import type { TopologyText } from "../topology-text.ts";

/** A text that cannot be read stays as it is. */
export function convert(topology: TopologyText, to: "json" | "yaml"): TopologyText {
  const { value } = loadTopology(topology.text, topology.name);
  if (value === undefined) return topology;
  const text = to === "json" ? `${JSON.stringify(value, null, 2)}\n` : stringify(value, { lineWidth: 0 });
  return { text, name: `topology.${to}` };
}
