/** Numbers and lists in sentences. */

import { say, translated } from "../languages/say.ts";

/**
 * `1 host`, `2 hosts`. The noun is a literal; the key of other languages is `{0} host`, so that they have their measure
 * word.
 */
export function counted(count: number, noun: string): string {
  return translated(`{0} ${noun}`, count) ?? `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `a, b, c`; with a last word `a, b and c` or `a, b or c`. */
export function listed(items: readonly string[], last?: "and" | "or"): string {
  const [first, ...others] = items;
  if (first === undefined) return "";
  const end = last === undefined ? undefined : others.pop();
  const before = others.reduce((text, item) => say`${text}, ${item}`, first);
  if (end === undefined) return before;
  return last === "and" ? say`${before} and ${end}` : say`${before} or ${end}`;
}
