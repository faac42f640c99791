/** Options that every command has. */

import { languageOption } from "./language.ts";

interface GeneralOption {
  /** As help shows it. */
  readonly name: string;
  readonly word: string;
  readonly describe: string;
}

export const generalOptions: readonly GeneralOption[] = [
  {
    name: `--lang ${languageOption.choices.join("|")}`,
    word: "--lang",
    describe: languageOption.describe,
  },
  { name: "-h, --help", word: "--help", describe: "Show help" },
  { name: "-v, --version", word: "--version", describe: "Show the version" },
];
