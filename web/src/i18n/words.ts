/** The page's words in the language that is chosen. English comes with the page, another language when it is chosen. */

import { batch, signal } from "@preact/signals";
import { remember, remembered } from "../state/memory.ts";
import { en, type Key } from "./en.ts";

interface Dictionary {
  readonly words: Readonly<Record<Key, string>>;
  /** What values of choices mean, as `scheduler.rr`; where there is none the schema's English is shown. */
  readonly meanings: Readonly<Record<string, string>>;
}

const english: Dictionary = { words: en, meanings: {} };

/** One row per language, with its name as its speakers write it. */
export const languages = {
  en: { name: "English", tag: "en", load: async () => english },
  zh: { name: "中文", tag: "zh-Hans", load: async () => (await import("./zh-page.ts")).chinese },
} as const satisfies Readonly<Record<string, { name: string; tag: string; load: () => Promise<Dictionary> }>>;

export type Language = keyof typeof languages;

/** The one that is shown. */
export const language = signal<Language>("en");

const dictionary = signal<Dictionary>(english);

/** The last one that was asked for: an earlier one may be loaded later. */
let wanted: Language = "en";

/** Shows the page in a language. Rejects if its words cannot be loaded: then the page stays as it is. */
export async function showLanguage(chosen: Language): Promise<void> {
  wanted = chosen;
  const loaded = await languages[chosen].load();
  if (wanted !== chosen) return;
  batch(() => {
    dictionary.value = loaded;
    language.value = chosen;
  });
}

export function rememberLanguage(chosen: Language): void {
  remember("language", chosen);
}

/** A text of the page; values go in as text. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return dictionary.value.words[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** null where the language has none of its own. */
export function meaningIn(name: string): string | null {
  return dictionary.value.meanings[name] ?? null;
}

/** The reader's, by the last visit or by the browser. */
export function firstLanguage(): Language {
  const own = remembered("language");
  if (own !== null && Object.hasOwn(languages, own)) return own as Language;
  const known = navigator.languages.map((tag) => tag.split("-")[0] ?? "");
  return (known.find((tag) => Object.hasOwn(languages, tag)) as Language | undefined) ?? "en";
}
