/** Drops what the schema refused, so that the rules can look at the rest in the same run. */

import { parentOf, segmentsOf, valueAt } from "../base/json-pointer.ts";
import { resolve, type Schema, schemaAt } from "./schema.ts";
import type { Fault } from "./validate-schema.ts";

export interface Repaired {
  /** The value, or a copy that is safe to walk; null where nothing useful is left. */
  readonly value: unknown;
  /** Places that were dropped. */
  readonly dropped: readonly string[];
}

/**
 * Unknown keys and optional ones with a wrong value go; required ones become empty, which rules skip. A
 * list's item leaves a hole, which `flatMap` and `forEach` skip, so that the others keep their indices and with
 * them their places in the text.
 */
export function repair(value: unknown, faults: readonly Fault[]): Repaired {
  if (faults.length === 0) return { value, dropped: [] };
  if (faults.some(({ pointer }) => pointer === "")) return { value: null, dropped: [] };
  const copy = structuredClone(value);
  for (const { pointer } of faults) replace(copy, pointer, blank(pointer));
  return { value: copy, dropped: faults.map(({ pointer }) => pointer) };
}

/** The empty value of a required key, or undefined where the key may be missing. */
function blank(pointer: string): unknown {
  const key = segmentsOf(pointer).at(-1) ?? "";
  if (!schemaAt(parentOf(pointer))?.required?.includes(key)) return undefined;
  return blankOf(schemaAt(pointer) ?? {});
}

function blankOf({ type, required = [], properties = {} }: Schema): unknown {
  if (type === "array") return [];
  if (type !== "object") return "";
  return Object.fromEntries(required.map((key) => [key, blankOf(resolve(properties[key] ?? {}))]));
}

function replace(root: unknown, pointer: string, value: unknown): void {
  const key = segmentsOf(pointer).at(-1);
  const container = valueAt(root, parentOf(pointer));
  if (typeof container !== "object" || container === null || key === undefined) return;
  // Never an assignment to "__proto__": unknown keys are deleted.
  if (value === undefined) delete (container as Record<string, unknown>)[key];
  else (container as Record<string, unknown>)[key] = value;
}
