/** Moves the editor's cursor to a place in the text. */

import type { Diagnostic } from "../../../src/topology/diagnostics.ts";
import { phonePart, side, topology } from "../state/state.ts";

type Show = (offset: number) => void;

let show: Show = () => {};

/** Set by the editor when it is loaded. */
export function onGoTo(handler: Show): void {
  show = handler;
}

export function goTo(place: Pick<Diagnostic, "line" | "column">): void {
  phonePart.value = "edit";
  side.value = "text";
  // The editor has no size before it is shown.
  requestAnimationFrame(() => show(offsetOf(topology.value.text, place)));
}

/** Lines and columns from 1. */
export function offsetOf(text: string, { line, column }: Pick<Diagnostic, "line" | "column">): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    start = end + 1;
  }
  return Math.min(start + column - 1, text.length);
}
