/** A mistyped key is reported as unknown only: that the right one is missing is the same mistake. */

import { parentOf, pointerOf, segmentsOf } from "../base/json-pointer.ts";
import { closest } from "../base/suggest.ts";
import type { Fault } from "./validate-schema.ts";

export function withoutConsequences(faults: readonly Fault[]): Fault[] {
  const meant = new Set(faults.flatMap(meantPointers));
  return faults.filter(({ keyword, pointer }) => keyword !== "required" || !meant.has(pointer));
}

/** The place that a mistyped key was meant for. */
export function meantPointers({ keyword, schema, pointer }: Fault): string[] {
  if (keyword !== "additionalProperties") return [];
  const known = Object.keys(schema.properties ?? {});
  const meant = closest(segmentsOf(pointer).at(-1) ?? "", known);
  return meant === null ? [] : [parentOf(pointer) + pointerOf(meant)];
}
