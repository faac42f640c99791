/**
 * What lvsgen says to people, in their language. English is written where it is said and is the key of every other
 * language, as in gettext: `say` in a function, `phrase` in a table, `inLanguage` where a table's text is used.
 */

/** English with its values as {0}, {1}, … in any order -> the same in another language. */
export type Catalogue = Readonly<Record<string, string>>;

/** Of this program or worker; null for English. */
let chosen: Catalogue | null = null;

/** From now on `say` and `inLanguage` answer from the catalogue, and in English where it has no row; null for English. */
export function speak(catalogue: Catalogue | null): void {
  chosen = catalogue;
}

/** A sentence with its values. Not at a module's top level: the language is chosen later. */
export function say(parts: TemplateStringsArray, ...values: readonly unknown[]): string {
  const other = chosen === null ? null : translated(keyOf(parts), ...values);
  return other ?? String.raw({ raw: parts }, ...values);
}

/** The row of this key with its values, and null in English: for words that English makes by a rule of its own. */
export function translated(key: string, ...values: readonly unknown[]): string | null {
  const row = chosen?.[key];
  if (row === undefined) return null;
  // Odd parts are the numbers of placeholders.
  return row
    .split(/\{(\d+)\}/)
    .reduce((before, part, index) => joined(before, index % 2 === 1 ? String(values[Number(part)]) : part));
}

/** Chinese has a space between its characters and Latin ones, and none between its own, whatever a value is. */
function joined(before: string, after: string): string {
  const [left, right] = [before.replace(/ +$/, ""), after.replace(/^ +/, "")];
  if (left === "" || right === "") return before + after;
  const isChinese = [chinese.test(left.at(-1) ?? ""), chinese.test(right.at(0) ?? "")];
  if (isChinese.every(Boolean)) return left + right;
  const isLatin = latinEnd.test(left) || latinBegin.test(right);
  return isLatin && isChinese.some(Boolean) && !mark.test(`${left.at(-1)}${right.at(0)}`)
    ? `${left} ${right}`
    : before + after;
}

const chinese = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
/** Full-width marks, which bring their space. */
const mark = /[\u3000-\u303f\uff00-\uffef]/;
const latinBegin = /^[\w"'{[/-]/;
const latinEnd = /[\w"'}\]/%]$/;

/** A text without values, for a table: English, which `inLanguage` translates when it is used. */
export function phrase(parts: TemplateStringsArray): string {
  return parts[0] ?? "";
}

export function inLanguage(english: string): string {
  return chosen?.[english] ?? english;
}

/** For texts of files, which are in English whatever the language. Synchronous work only. */
export function inEnglish<T>(work: () => T): T {
  const before = chosen;
  chosen = null;
  try {
    return work();
  } finally {
    chosen = before;
  }
}

const keys = new WeakMap<TemplateStringsArray, string>();

function keyOf(parts: TemplateStringsArray): string {
  const known = keys.get(parts);
  if (known !== undefined) return known;
  const key = parts.slice(1).reduce((before, part, index) => `${before}{${index}}${part}`, parts[0] ?? "");
  keys.set(parts, key);
  return key;
}
