/** An edit of the form -> the topology's text with only that change. */

import { loadTopology } from "../../../src/topology/load.ts";
import type { TopologyText } from "../topology-text.ts";
import { type FormEdit, stepsOf } from "./form-edit.ts";
import { formModel } from "./form-model.ts";
import { applyToJson } from "./json-text.ts";
import { applyToYaml } from "./yaml-text.ts";

/** A text that cannot be read stays as it is: fix it by hand first. */
export function applyEdit(topology: TopologyText, edit: FormEdit): TopologyText {
  const model = formModel(topology);
  if (model === null) return topology;
  const { value, text } = loadTopology(topology.text, topology.name);
  const apply = isJson(topology) ? applyToJson : applyToYaml;
  const steps = stepsOf(edit, model, value);
  return { ...topology, text: steps.reduce((before, step) => apply(before, step), text) };
}

export function isJson({ name }: TopologyText): boolean {
  return /\.json$/i.test(name);
}
