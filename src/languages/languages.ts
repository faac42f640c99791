/** The languages beside English, by the word that `--lang` takes. */

import type { Catalogue } from "./say.ts";

interface Language {
  /** Read when it is chosen: a start in English reads nothing of it. */
  readonly load: () => Promise<Catalogue>;
}

export const languages = {
  zh: { load: async () => (await import("./zh/index.ts")).zh },
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageName = keyof typeof languages;
