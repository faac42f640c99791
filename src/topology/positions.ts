/** The places of keys and values in the text. */

import { parentOf } from "../base/json-pointer.ts";

/** Offset range in UTF-16 code units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Place {
  /** The key, where the value belongs to one. */
  readonly key: Span | null;
  readonly value: Span;
}

/** By JSON pointer. */
export type Places = ReadonlyMap<string, Place>;

/** The place of a pointer; for a missing key, that of the nearest thing around it. */
export function spanOf(places: Places, pointer: string, atKey: boolean): Span {
  const place = places.get(pointer);
  if (place !== undefined) return atKey ? (place.key ?? place.value) : place.value;
  if (pointer === "") return { start: 0, end: 0 };
  const parent = parentOf(pointer);
  const around = places.get(parent);
  return around === undefined ? spanOf(places, parent, true) : (around.key ?? around.value);
}

export interface LineColumn {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** Finds line and column of offsets by bisection. */
export class LineTable {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): LineColumn {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
