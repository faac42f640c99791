/** Strict JSON. */

import { say } from "../languages/say.ts";
import { type Content, duplicateKey, maximumDepth, unreadable } from "./content.ts";
import { type Scan, scanJson, stringEnd } from "./json-scan.ts";

export function loadJson(text: string): Content {
  let scan: Scan | null = null;
  const scanned = () => (scan ??= scanJson(text, maximumDepth));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const found = scanned().error;
    return found === null
      ? unreadable(say`invalid JSON: ${String(error)}`, say`correct it, or rename the file to .yaml`, {
          start: 0,
          end: 0,
        })
      : unreadable(found.message, found.hint, found.span);
  }
  if (countKeys(value) !== countKeyTokens(text)) {
    const { error, duplicates } = scanned();
    if (error !== null) return unreadable(error.message, error.hint, error.span);
    const faults = duplicates.map(({ key, pointer, span }) => duplicateKey(key, pointer, span));
    return { value, faults, places: () => scanned().places };
  }
  return { value, faults: [], places: () => scanned().places };
}

/** Every string that a colon follows in a valid text: as many as there are keys, doubled ones included. */
function countKeyTokens(text: string): number {
  let count = 0;
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = stringEnd(text, start) ?? text.length;
    afterBlanks.lastIndex = end;
    if (afterBlanks.exec(text)?.[0].endsWith(":")) count++;
    start = text.indexOf('"', end);
  }
  return count;
}

const afterBlanks = /[ \t\r\n]*:?/y;

/** Without recursion: nesting is not bounded here. */
function countKeys(root: unknown): number {
  let count = 0;
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    const children: unknown[] = Object.values(value);
    if (!Array.isArray(value)) count += children.length;
    for (const child of children) waiting.push(child);
  }
  return count;
}
