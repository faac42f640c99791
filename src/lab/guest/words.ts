/** What went wrong, in words: where the program itself is at fault, its place too. */

import { TimedOut } from "./wait.ts";

/** Faults of a program, not of what it works on. */
const BUGS = [TypeError, ReferenceError, RangeError, SyntaxError];

export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (BUGS.some((kind) => error instanceof kind)) return error.stack ?? error.message;
  const detail = error instanceof TimedOut && error.detail !== "" ? `\n${error.detail}` : "";
  return `${error.message}${detail}`;
}
