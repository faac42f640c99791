/** Which lines of a text an edit touched. */

import { diffArrays } from "diff";
import type { LineMarks } from "./protocol.ts";

const none: LineMarks = { changed: [], removedBefore: [] };

/** @param before null: there is nothing to compare with; undefined: the file is new */
export function lineMarks(before: string | null | undefined, after: string): LineMarks {
  if (before === null || before === after) return none;
  const lines = after.split("\n");
  if (before === undefined) return { changed: lines.slice(0, -1).map((_, at) => at), removedBefore: [] };
  const changed: number[] = [];
  const removedBefore: number[] = [];
  let at = 0;
  const parts = diffArrays(before.split("\n"), lines);
  for (const [index, { added, removed, value }] of parts.entries()) {
    // Replaced lines: the mark of the new lines is enough.
    if (removed && !parts[index + 1]?.added && !parts[index - 1]?.added) removedBefore.push(at);
    if (added) for (let line = 0; line < value.length; line++) changed.push(at + line);
    if (!removed) at += value.length;
  }
  return { changed, removedBefore };
}
