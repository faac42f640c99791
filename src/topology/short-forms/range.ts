/** Ranges as Ansible writes them: `web[01:40]`, `10.0.0.[11:50]/24`, `node-[a:f]`, `rack[1:9:2]`. */

/** Of one range; Ansible's own has no bound, and a topology of 10 000 hosts is at lvsgen's. */
export const maximumRange = 10_000;

export interface Range {
  readonly before: string;
  readonly after: string;
  /** What replaces the brackets, in order; at most {@link maximumRange}. */
  readonly items: readonly string[];
}

const form = /^([^[\]]*)\[([0-9]{1,9}|[a-z]):([0-9]{1,9}|[a-z])(?::([0-9]{1,9}))?\]([^[\]]*)$/;

/** Whether the text is meant as a range: one that is malformed has an error instead of a name with brackets. */
export function looksLikeRange(text: string): boolean {
  return /\[[^\]]*:[^\]]*\]/.test(text);
}

/** @returns null where the text has no range, more than one, or one without an end in sight */
export function parseRange(text: string): Range | null {
  const [matched, before = "", first = "", last = "", step = "1", after = ""] = form.exec(text) ?? [];
  if (matched === undefined) return null;
  const items = /[a-z]/.test(first + last) ? letters(first, last, +step) : numbers(first, last, +step);
  return items === null || items.length === 0 ? null : { before, after, items };
}

export function expandRange({ before, after, items }: Range): string[] {
  return items.map((item) => `${before}${item}${after}`);
}

/** A first number with a leading zero gives all of them its width. */
function numbers(first: string, last: string, step: number): string[] | null {
  const width = first.startsWith("0") ? first.length : 0;
  return between(Number(first), Number(last), step)?.map((item) => String(item).padStart(width, "0")) ?? null;
}

function letters(first: string, last: string, step: number): string[] | null {
  if (/[0-9]/.test(first + last)) return null;
  const items = between(first.charCodeAt(0), last.charCodeAt(0), step);
  return items?.map((code) => String.fromCharCode(code)) ?? null;
}

function between(first: number, last: number, step: number): number[] | null {
  if (step < 1 || last < first || (last - first) / step >= maximumRange) return null;
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}
