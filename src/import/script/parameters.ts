/** `$NAME`, `${NAME…}`, `$1`, `"$@"`, `${NAME[@]}` -> their values. */

import type { ParameterExpansionPart, ParameterOperation } from "unbash";
import type { Place } from "../place.ts";
import { numberOf } from "./arithmetic.ts";
import type { Machine } from "./machine.ts";
import { removed, replaced } from "./patterns.ts";
import {
  isList,
  isText,
  isUnknown,
  type List,
  type Text,
  throughName,
  unknown,
  type Value,
} from "./values.ts";

/** A value, or several that stay separate words: those of `"$@"` and `"${A[@]}"`. */
export type Parameter = Text | { readonly separate: readonly Text[]; readonly isJoined: boolean };

/** `$NAME`, without operations. */
export function simpleParameter(text: string, machine: Machine): Parameter {
  return plain(text.slice(1), text, machine);
}

export function parameterValue(part: ParameterExpansionPart, machine: Machine, place: Place): Parameter {
  const { text, parameter, prefix, index, operation } = part;
  const subscript = index === undefined ? undefined : machine.textOf(index, machine, place);
  if (isUnknown(subscript)) return subscript;
  if (prefix === "!") return indirect(part, subscript, machine, place);
  const value = selected(parameter, subscript, text, machine, place);
  if (prefix === "#") return lengthOf(value, text);
  return operation === undefined ? value : operated(value, operation, part, machine, place);
}

/** `${!A[@]}`: the keys; `${!NAME}`: the variable that another one names. */
function indirect(
  { text, parameter, operation }: ParameterExpansionPart,
  subscript: string | undefined,
  machine: Machine,
  place: Place,
): Parameter {
  const value = machine.variables.get(parameter);
  if (subscript === "@" || subscript === "*") {
    if (value === undefined) return { separate: [], isJoined: false };
    if (isUnknown(value)) return value;
    return { separate: isList(value) ? [...value.items.keys()] : ["0"], isJoined: subscript === "*" };
  }
  if (!isText(value) || operation !== undefined) return unknown(text);
  const [, name = "", index] = /^(\w+)(?:\[(.*)\])?$/.exec(value) ?? [];
  return name === "" ? unknown(text) : selected(name, index, text, machine, place);
}

function selected(
  name: string,
  subscript: string | undefined,
  text: string,
  machine: Machine,
  place: Place,
): Parameter {
  if (subscript === undefined) return plain(name, text, machine);
  const value = machine.variables.get(name);
  if (value === undefined) return subscript === "@" ? unknown(text, true) : unknown(text, true);
  if (isUnknown(value)) return throughName(value, text);
  const list: List = isList(value) ? value : { items: new Map([["0", value]]), hasKeys: false };
  if (subscript === "@" || subscript === "*")
    return { separate: [...list.items.values()], isJoined: subscript === "*" };
  const key = keyIn(list, subscript, machine, place);
  return key === null ? unknown(text) : (list.items.get(key) ?? "");
}

/** The key of an element; negative indices count from the end. */
export function keyIn(list: List, subscript: string, machine: Machine, place: Place): string | null {
  if (list.hasKeys) return subscript;
  const index = numberOf(subscript, machine, place);
  if (index === null || index >= 0) return index === null ? null : String(index);
  const last = Math.max(-1, ...[...list.items.keys()].map(Number));
  return last + 1 + index < 0 ? null : String(last + 1 + index);
}

function plain(name: string, text: string, machine: Machine): Parameter {
  const { positional } = machine.variables;
  if (/^[1-9]\d*$/.test(name))
    return positional === null ? unknown(text, true) : (positional[Number(name) - 1] ?? "");
  if (name === "@" || name === "*")
    return positional === null ? unknown(text, true) : { separate: positional, isJoined: name === "*" };
  if (name === "#") return positional === null ? unknown(text, true) : String(positional.length);
  const value: Value | undefined = machine.variables.get(name);
  if (value === undefined) return unknown(text, /^[A-Za-z_]/.test(name));
  if (isUnknown(value)) return throughName(value, `$${name}`);
  return isList(value) ? (value.items.get("0") ?? "") : value;
}

function lengthOf(value: Parameter, text: string): Text {
  if (isText(value)) return String([...value].length);
  return "separate" in value ? String(value.separate.length) : unknown(text);
}

function operated(
  value: Parameter,
  operation: ParameterOperation,
  part: ParameterExpansionPart,
  machine: Machine,
  place: Place,
): Parameter {
  if (operation.type === "Default") return withDefault(value, operation, part, machine, place);
  if (typeof value === "object" && "separate" in value) {
    if (operation.type === "Slice") return slicedList(value, operation, part, machine, place);
    return {
      ...value,
      separate: value.separate.map((each) => changed(each, operation, part.text, machine, place)),
    };
  }
  return changed(value, operation, part.text, machine, place);
}

function withDefault(
  value: Parameter,
  operation: Extract<ParameterOperation, { type: "Default" }>,
  { parameter, text }: ParameterExpansionPart,
  machine: Machine,
  place: Place,
): Parameter {
  const isUnset = isUnknown(value) && value.isOutside;
  const { operator } = operation;
  const isEmpty = value === "" && operator.startsWith(":");
  if (isUnknown(value) && !isUnset) return value;
  const operand = () => machine.textOf(operation.operand, machine, place);
  if (operator.endsWith("+")) return isUnset || isEmpty ? "" : operand();
  if (!isUnset && !isEmpty) return value;
  if (operator.endsWith("?")) return isUnset ? value : unknown(text);
  const given = operand();
  if (operator.endsWith("=") && /^[A-Za-z_]/.test(parameter)) machine.variables.set(parameter, given);
  return given;
}

function changed(
  value: Text,
  operation: ParameterOperation,
  text: string,
  machine: Machine,
  place: Place,
): Text {
  if (isUnknown(value)) return value;
  const result = changedText(value, operation, machine, place);
  return result ?? unknown(text);
}

function changedText(
  value: string,
  operation: ParameterOperation,
  machine: Machine,
  place: Place,
): string | null {
  const word = (of: Parameters<Machine["textOf"]>[0]) => {
    const known = machine.textOf(of, machine, place);
    return isText(known) ? known : null;
  };
  switch (operation.type) {
    case "Remove": {
      const pattern = word(operation.operand);
      return pattern === null ? null : removed(value, operation.operator, pattern);
    }
    case "Replace": {
      const [pattern, by] = [word(operation.pattern), word(operation.replacement)];
      return pattern === null || by === null ? null : replaced(value, operation.operator, pattern, by);
    }
    case "Slice": {
      const range = rangeOf(operation, value.length, machine, place);
      return range === null ? null : value.slice(...range);
    }
    case "CaseModification": {
      if (operation.operand !== undefined) return null;
      const change = (part: string) =>
        operation.operator.startsWith("^") ? part.toUpperCase() : part.toLowerCase();
      return operation.operator.length === 2
        ? change(value)
        : `${change(value.slice(0, 1))}${value.slice(1)}`;
    }
    default:
      return null;
  }
}

function slicedList(
  { separate, isJoined }: Extract<Parameter, { separate: unknown }>,
  operation: Extract<ParameterOperation, { type: "Slice" }>,
  { parameter, text }: ParameterExpansionPart,
  machine: Machine,
  place: Place,
): Parameter {
  // "${@:1}" begins with the first argument; "${@:0}" would with the script's name.
  const isPositional = parameter === "@" || parameter === "*";
  const all: readonly Text[] = isPositional ? [unknown("$0"), ...separate] : separate;
  const range = rangeOf(operation, all.length, machine, place);
  return range === null ? unknown(text) : { separate: all.slice(...range), isJoined };
}

function rangeOf(
  { offset, length }: Extract<ParameterOperation, { type: "Slice" }>,
  size: number,
  machine: Machine,
  place: Place,
): [number, number] | null {
  const number = (word: Parameters<Machine["textOf"]>[0]) => {
    const text = machine.textOf(word, machine, place);
    return isText(text) ? numberOf(text.trim(), machine, place) : null;
  };
  const [from, count] = [number(offset), length === undefined ? size : number(length)];
  if (from === null || count === null) return null;
  const start = from < 0 ? size + from : from;
  if (start < 0) return [size, size];
  return [start, count < 0 ? size + count : start + count];
}
