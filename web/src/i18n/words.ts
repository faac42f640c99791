/** The page's words in the language that is chosen. */

import { computed, signal } from "@preact/signals";
import { remember, remembered } from "../state/memory.ts";
import { en, type Key } from "./en.ts";
import { zh } from "./zh.ts";

/** One row per language, with its name as its speakers write it. */
export const languages = {
  en: { name: "English", tag: "en", words: en },
  zh: { name: "中文", tag: "zh-Hans", words: zh },
} as const satisfies Readonly<
  Record<string, { name: string; tag: string; words: Readonly<Record<Key, string>> }>
>;

export type Language = keyof typeof languages;

export const language = signal<Language>(first());

const words = computed(() => languages[language.value].words);

export function setLanguage(chosen: Language): void {
  language.value = chosen;
  remember("language", chosen);
}

/** A text of the page; values go in as text. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return words.value[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function first(): Language {
  const own = remembered("language");
  if (own !== null && Object.hasOwn(languages, own)) return own as Language;
  const wanted = navigator.languages.map((tag) => tag.split("-")[0] ?? "");
  return (wanted.find((tag) => Object.hasOwn(languages, tag)) as Language | undefined) ?? "en";
}
