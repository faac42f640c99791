/** `NAME=TEXT`, `NAME+=TEXT`, `NAME=(…)`, `NAME[INDEX]=TEXT`. */

import type { ArrayValue, Assignment } from "unbash";
import type { Place } from "../place.ts";
import { fieldsOf } from "./expand.ts";
import type { Machine } from "./machine.ts";
import { keyIn } from "./parameters.ts";
import { isList, isText, isUnknown, joined, type List, unknown, type Value } from "./values.ts";

export interface AssignOptions {
  readonly isLocal?: boolean;
  /** `declare -A`. */
  readonly hasKeys?: boolean;
}

export function assign(
  assignment: Assignment,
  machine: Machine,
  place: Place,
  options: AssignOptions = {},
): void {
  const { name } = assignment;
  const value = assignedValue(assignment, machine, place, options);
  if (options.isLocal === true) machine.variables.setLocal(name, value);
  else machine.variables.set(name, value);
}

function assignedValue(
  { name, text, append, index, value }: Assignment,
  machine: Machine,
  place: Place,
  { hasKeys = false }: AssignOptions,
): Value {
  const before = machine.variables.get(name);
  if (value.type === "ArrayValue") {
    const isNamed = hasKeys || (isList(before) && before.hasKeys);
    const start = append === true ? listFrom(before, isNamed) : { items: new Map(), hasKeys: isNamed };
    return start === null ? unknown(`$${name}`) : listValue(value, start, machine, place);
  }
  const given = machine.textOf(value, machine, place);
  if (index !== undefined) {
    const list = listFrom(before, false);
    const subscript = machine.textOf(index, machine, place);
    const key = list === null || isUnknown(subscript) ? null : keyIn(list, subscript, machine, place);
    if (list === null || key === null || isUnknown(given)) return unknown(`$${name}`);
    const old = append === true ? (list.items.get(key) ?? "") : "";
    return placed(list, key, `${old}${given}`);
  }
  if (append !== true) return given;
  if (isList(before)) {
    if (isUnknown(given)) return given;
    return placed(before, "0", `${before.items.get("0") ?? ""}${given}`);
  }
  return before === undefined ? unknown(text, true) : joined([before, given]);
}

function listFrom(value: Value | undefined, hasKeys: boolean): List | null {
  if (isUnknown(value)) return null;
  if (isList(value)) return value;
  return { items: new Map(isText(value) ? [["0", value]] : []), hasKeys };
}

/** Indices stay in their order, keys in that of the script. */
function placed({ items, hasKeys }: List, key: string, text: string): List {
  const all = new Map(items).set(key, text);
  if (hasKeys || items.has(key)) return { items: all, hasKeys };
  return { items: new Map([...all].toSorted(([one], [other]) => Number(one) - Number(other))), hasKeys };
}

function listValue(value: ArrayValue, start: List, machine: Machine, place: Place): Value {
  let list = start;
  let next = Math.max(-1, ...(list.hasKeys ? [] : [...list.items.keys()].map(Number))) + 1;
  for (const element of value.elements) {
    const [, subscript] = /^\[([^\]]+)\]=/.exec(element.text) ?? [];
    for (const field of fieldsOf([element], machine, place)) {
      if (isUnknown(field)) return field;
      const [, shown = ""] = subscript === undefined ? [] : (/^\[([^\]]*)\]=/.exec(field) ?? []);
      const key =
        subscript === undefined ? String(next) : keyIn(list, shown.replaceAll(/["']/g, ""), machine, place);
      if (key === null) return unknown(value.elements[0]?.text ?? "");
      list = placed(list, key, subscript === undefined ? field : field.replace(/^\[[^\]]*\]=/, ""));
      if (!list.hasKeys) next = Number(key) + 1;
    }
  }
  return list;
}
