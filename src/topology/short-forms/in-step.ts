/** Texts whose numbers run in step -> the range that is all of them: web1, web2, web3 -> `web[1:3]`. */

import { expandRange, parseRange } from "./range.ts";

/** Fewer read better one by one. */
export const shortestRange = 3;

/** How one text follows from another: the same but for one number, which is larger by a step. */
interface Step {
  readonly before: string;
  readonly after: string;
  readonly first: string;
  readonly step: number;
}

function stepOf(from: string, to: string): Step | null {
  let start = 0;
  while (start < from.length && from[start] === to[start]) start++;
  while (start > 0 && isDigit(from[start - 1])) start--;
  const [first = ""] = /^[0-9]*/.exec(from.slice(start)) ?? [];
  const [second = ""] = /^[0-9]*/.exec(to.slice(start)) ?? [];
  const after = from.slice(start + first.length);
  const step = Number(second) - Number(first);
  if (first === "" || second === "" || first.length > 9 || second.length > 9) return null;
  if (step < 1 || after !== to.slice(start + second.length)) return null;
  return { before: from.slice(0, start), after, first, step };
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

/** @returns null where they are no range, or fewer than two */
export function inStep(texts: readonly string[]): string | null {
  const [from, to] = texts;
  const found = from === undefined || to === undefined ? null : stepOf(from, to);
  if (found === null) return null;
  const { before, after, first, step } = found;
  const last = Number(first) + step * (texts.length - 1);
  const end = first.startsWith("0") ? String(last).padStart(first.length, "0") : String(last);
  const range = `${before}[${first}:${end}${step === 1 ? "" : `:${step}`}]${after}`;
  const parsed = parseRange(range);
  const items = parsed === null ? [] : expandRange(parsed);
  return items.length === texts.length && items.every((item, at) => item === texts[at]) ? range : null;
}

/** The text of what changes from one value to the next; equal for neighbours of one range. null: no range has both. */
export function stepText(from: unknown, to: unknown): string | null {
  if (from === to) return "=";
  if (typeof from === "string" && typeof to === "string") {
    const found = stepOf(from, to);
    return found === null ? null : JSON.stringify([found.before, found.after, found.step]);
  }
  if (typeof from !== "object" || typeof to !== "object" || from === null || to === null) return null;
  const keys = Object.keys(from);
  if (Array.isArray(from) !== Array.isArray(to) || keys.join("\n") !== Object.keys(to).join("\n"))
    return null;
  const texts = keys.map((key) => stepText(Reflect.get(from, key), Reflect.get(to, key)));
  return texts.includes(null) ? null : `{${texts.join()}}`;
}

/** The values as one with ranges inside, which stands for all of them; undefined: there is none. */
export function valueInStep(values: readonly unknown[]): unknown {
  const [first, second] = values;
  if (values.every((value) => value === first)) return first;
  if (typeof first === "string") return inStep(values as string[]) ?? undefined;
  if (typeof first !== "object" || first === null || second === undefined) return undefined;
  const entries = Object.keys(first).map(
    (key) => [key, valueInStep(values.map((value) => Reflect.get(value as object, key)))] as const,
  );
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Array.isArray(first) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** Neighbours that are in step with each other, together; the others alone. */
export function runsInStep<T>(items: readonly T[], isLongEnough: (run: readonly T[]) => boolean): T[][] {
  const runs: T[][] = [];
  let at = 0;
  while (at < items.length) {
    let end = at + 1;
    const step = end < items.length ? stepText(items[at], items[end]) : null;
    if (step !== null && step !== "=")
      while (end < items.length && stepText(items[end - 1], items[end]) === step) end++;
    const run = items.slice(at, end);
    const together = run.length > 1 && isLongEnough(run) && valueInStep(run) !== undefined;
    runs.push(together ? run : items.slice(at, at + 1));
    at += together ? run.length : 1;
  }
  return runs;
}

/** Names as people read many of them: `web[1:40]`, and what is in no range by itself. */
export function rangesOf(names: readonly string[]): string[] {
  return runsInStep(names, (run) => run.length >= shortestRange).map((run) => inStep(run) ?? run.join(", "));
}
