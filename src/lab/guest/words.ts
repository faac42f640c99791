/** What went wrong, in words: where the program itself is at fault, its place too, but never a stack. */

import { TimedOut } from "./wait.ts";

/** Faults of a program, not of what it works on. */
const BUGS = [TypeError, ReferenceError, RangeError, SyntaxError];

export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (BUGS.some((kind) => error instanceof kind))
    return `a fault of lvsgen's lab, not of the scripts: ${error.name}: ${error.message}${placeOf(error)}`;
  const detail = error instanceof TimedOut && error.detail !== "" ? `\n${error.detail}` : "";
  return `${error.message}${detail}`;
}

/** ` (lab-guest.js:12:34)`: the innermost place that the stack names. */
function placeOf({ stack = "" }: Error): string {
  const [, place] = /^ +at .*?([^/(\s]+:\d+:\d+)\)?$/m.exec(stack) ?? [];
  return place === undefined ? "" : ` (${place})`;
}
