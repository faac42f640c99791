/** Which servers answered: replies -> names and counts. Pure. */

import type { Reply } from "./request.ts";

/** Placeholder for a server whose answer has no name. */
export const UNNAMED = "(no name in the answer)";

/** The name that an answer gives: a test page names its host, alone or among other words. */
export function answeredBy({ text }: Reply, names: readonly string[]): string {
  if (!text.startsWith("HTTP/")) return UNNAMED;
  const body = text.slice(text.indexOf("\r\n\r\n") + 4);
  const words = new Set(body.split(/[^A-Za-z0-9-]+/));
  const named = names.filter((name) => words.has(name));
  // A page that names several hosts does not show which one sent it.
  return named.length === 1 && named[0] !== undefined ? named[0] : UNNAMED;
}

/** Counts by name, those of the servers first and in their order, with those that never answered. */
export function distribution(replies: readonly Reply[], names: readonly string[]): Map<string, number> {
  const answers = replies.filter(({ error }) => error === null).map((reply) => answeredBy(reply, names));
  const isNamed = answers.some((name) => name !== UNNAMED);
  const counts = new Map<string, number>((isNamed ? names : []).map((name) => [name, 0]));
  for (const name of answers) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
