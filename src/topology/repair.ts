/** Drops what the schema refused, so that the rules can look at the rest in the same run. */

import { parentOf, segmentsOf } from "./json-pointer.ts";
import { schemaAt } from "./schema.ts";
import type { Fault } from "./validate-schema.ts";

export interface Repaired {
  /** A copy that the schema accepts but for holes in lists; null where nothing useful is left. */
  readonly value: unknown;
  /** Places that were dropped. */
  readonly dropped: readonly string[];
}

/**
 * Unknown keys go; a wrong value goes with the smallest thing around it that may be missing: an optional key, a
 * named entry, or a list's item. An item leaves a hole, which `flatMap` and `forEach` skip, so that the others keep
 * their indices and with them their places in the text.
 */
export function repair(value: unknown, faults: readonly Fault[]): Repaired {
  const copy = structuredClone(value);
  const dropped: string[] = [];
  for (const { pointer } of faults) {
    if (unused.has(pointer)) continue;
    const target = droppable(pointer);
    if (target === null) return { value: null, dropped };
    drop(copy, segmentsOf(target));
    dropped.push(target);
  }
  return { value: copy, dropped };
}

/** Required, but no rule looks at them. */
const unused: ReadonlySet<string> = new Set(["/name", "/version"]);

function droppable(pointer: string): string | null {
  if (pointer === "") return null;
  const key = segmentsOf(pointer).at(-1) ?? "";
  const container = schemaAt(parentOf(pointer));
  const required = container?.required?.includes(key) ?? false;
  return required ? droppable(parentOf(pointer)) : pointer;
}

function drop(root: unknown, segments: readonly string[]): void {
  const key = segments.at(-1);
  let container = root;
  for (const segment of segments.slice(0, -1)) container = childOf(container, segment);
  if (typeof container === "object" && container !== null && key !== undefined) {
    delete (container as Record<string, unknown>)[key];
  }
}

function childOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
