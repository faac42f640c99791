/** An edit of the form -> the topology's text with only that change. */

import { loadTopology } from "../../../src/topology/load.ts";
import type { TopologyText } from "../topology-text.ts";
import { type FormEdit, hasSubject, stepsOf } from "./form-edit.ts";
import { type FormModel, formModel, namesOf } from "./form-model.ts";
import { applyToJson } from "./json-text.ts";
import { valueAt } from "./steps.ts";
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

/** Why an edit is not made, for people. */
export interface Refusal {
  readonly key: "edit.taken" | "edit.unnamed" | "edit.gone" | "edit.unreadable";
  readonly name: string;
}

/** null if the edit can be made, or changes nothing. */
export function refusalOf(topology: TopologyText, edit: FormEdit): Refusal | null {
  const model = formModel(topology);
  if (model === null) return { key: "edit.unreadable", name: "" };
  const { value } = loadTopology(topology.text, topology.name);
  if (!hasSubject(edit, value)) return { key: "edit.gone", name: "" };
  const taken = takenBy(edit, model, value);
  if (taken === null || !("from" in edit) || edit.to === edit.from) return null;
  if (edit.to === "") return { key: "edit.unnamed", name: edit.from };
  return namesOf(edit.to).some((name) => taken.includes(name)) ? { key: "edit.taken", name: edit.to } : null;
}

/** Names that the renamed thing cannot have; null for other edits. */
function takenBy(edit: FormEdit, { hosts }: FormModel, topology: unknown): readonly string[] | null {
  if (edit.kind === "rename-host")
    return hosts.flatMap(({ name }) => (name === edit.from ? [] : namesOf(name)));
  if (edit.kind !== "rename-interface") return null;
  const interfaces = valueAt(topology, ["hosts", edit.host, "interfaces"]);
  return typeof interfaces === "object" && interfaces !== null ? Object.keys(interfaces) : [];
}

export function isJson({ name }: TopologyText): boolean {
  return /\.json$/i.test(name);
}
