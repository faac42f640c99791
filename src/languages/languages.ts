/** The languages beside English, by the word that `--lang` takes. */

import type { Catalogue } from "./say.ts";

interface Language {
  /** As its readers call it. */
  readonly name: string;
  /** BCP 47, as in a page's `lang`. */
  readonly tag: string;
  /** Read when it is chosen: a start in English reads nothing of it. */
  readonly load: () => Promise<Catalogue>;
}

export const languages = {
  zh: {
    name: "简体中文",
    tag: "zh-CN",
    load: async () => (await import("./zh/index.ts")).zh,
  },
} as const satisfies Readonly<Record<string, Language>>;
