/** "Did you mean". */

import { distance } from "fastest-levenshtein";
import { say } from "../languages/say.ts";
import { listed } from "./counted.ts";

/** The candidate that the word misspells, or null. */
export function closest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  // A third of the letters may differ: fewer misses "vpi", more suggests nonsense.
  let limit = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const apart = distanceOf(word, candidate);
    if (apart < limit) {
      best = candidate;
      limit = apart;
    }
  }
  return best;
}

/**
 * A hint: the likely candidate, or else the list of them.
 *
 * @param what in the reader's language, as "the hosts are"
 */
export function suggestion(word: string, candidates: readonly string[], what: string): string {
  const likely = closest(word, candidates);
  if (likely !== null) return didYouMean(likely);
  const shown = listed(candidates.slice(0, 30));
  const more = candidates.length - 30;
  return more > 0 ? say`${what}: ${shown} and ${more} more` : say`${what}: ${shown}`;
}

/** A hint that names what was meant. */
export function didYouMean(word: string): string {
  return say`did you mean ${JSON.stringify(word)}?`;
}

/** What a hint of didYouMean names, in the same language; null for any other hint. */
export function meantBy(hint: string): string | null {
  const [before = "", after = ""] = didYouMean("").split('""');
  if (!hint.startsWith(before) || !hint.endsWith(after)) return null;
  const word = hint.slice(before.length, hint.length - after.length);
  return /^"(?:[^"\\]|\\.)*"$/.test(word) ? (JSON.parse(word) as string) : null;
}

function distanceOf(word: string, candidate: string): number {
  const [a, b] = [word.toLowerCase(), candidate.toLowerCase()];
  const swapped = a.length === b.length && [...a].sort().join("") === [...b].sort().join("");
  return swapped && a.length <= 8 ? Math.min(1, distance(a, b)) : distance(a, b);
}
