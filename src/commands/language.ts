/** The language of messages: `--lang`, or else the environment's. What lvsgen generates is English in any language. */

import { suggestion } from "../base/suggest.ts";
import { languages, type LanguageName as Name } from "../languages/languages.ts";
import { say, speak } from "../languages/say.ts";
import type { Argument } from "./arguments.ts";
import { UsageError } from "./errors.ts";

/** Of every command, before or behind its name. */
export const languageOption = {
  kind: "choice",
  choices: ["en", ...Object.keys(languages)],
  describe: "Language of messages; by default the environment's (LC_ALL, LC_MESSAGES, LANG)",
} as const satisfies Argument;

/**
 * From now on messages are in the language that is asked for.
 *
 * @returns the words without the option
 * @throws UsageError, in the environment's language, for one that lvsgen does not have
 */
export async function chooseLanguage(
  words: readonly string[],
  environment: Environment,
): Promise<readonly string[]> {
  await speakIn(languageOf(environment));
  const { asked, rest } = takeOption(words);
  if (asked !== null) await speakIn(languageNamed(asked));
  return rest;
}

async function speakIn(name: Name | null): Promise<void> {
  speak(name === null ? null : await languages[name].load());
}

function languageNamed(asked: string): Name | null {
  const { choices } = languageOption;
  if (!choices.includes(asked))
    throw new UsageError(
      say`invalid --lang ${JSON.stringify(asked)}: ${suggestion(asked, choices, say`choose one of`)}`,
    );
  return Object.hasOwn(languages, asked) ? (asked as Name) : null;
}

function takeOption(words: readonly string[]): {
  readonly asked: string | null;
  readonly rest: readonly string[];
} {
  const rest: string[] = [];
  let asked: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return { asked, rest: [...rest, ...words.slice(at)] };
    const isOption = word === "--lang";
    if (!isOption && !word.startsWith("--lang=")) {
      rest.push(word);
      continue;
    }
    const value = isOption ? words[++at] : word.slice("--lang=".length);
    if (value === undefined) throw new UsageError(say`--lang needs a value`);
    if (asked !== null) throw new UsageError(say`--lang is given twice`);
    asked = value;
  }
  return { asked, rest };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** In the order of POSIX (XBD 8.2): the first that is set and not empty decides. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: Environment): Name | null {
  const locale = LC_ALL || LC_MESSAGES || LANG || "";
  const [name] = Object.entries(locales).find(([, form]) => form.test(locale)) ?? [];
  return (name as Name | undefined) ?? null;
}

/** Locales whose readers have the catalogue. Another codeset than UTF-8 could not show it; zh_TW has other characters. */
const locales: Readonly<Record<Name, RegExp>> = {
  zh: /^zh([_-](CN|SG|Hans([_-](CN|SG))?))?(\.utf-?8)?(@\w+)?$/i,
};
