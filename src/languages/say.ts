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
  const other = chosen?.[keyOf(parts)];
  if (other === undefined) return String.raw({ raw: parts }, ...values);
  return other.replaceAll(/\{(\d+)\}/g, (_, number: string) => String(values[Number(number)]));
}

/** A text without values, for a table: English, which `inLanguage` translates when it is used. */
export function phrase(parts: TemplateStringsArray): string {
  return parts[0] ?? "";
}

export function inLanguage(english: string): string {
  return chosen?.[english] ?? english;
}

const keys = new WeakMap<TemplateStringsArray, string>();

function keyOf(parts: TemplateStringsArray): string {
  const known = keys.get(parts);
  if (known !== undefined) return known;
  const key = parts.slice(1).reduce((before, part, index) => `${before}{${index}}${part}`, parts[0] ?? "");
  keys.set(parts, key);
  return key;
}
