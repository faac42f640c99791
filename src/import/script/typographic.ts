/** Characters that a word processor or a web page put in the place of the shell's own. */

import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { Word } from "../place.ts";

/** With phrases. */
interface Sign {
  readonly pattern: RegExp;
  readonly name: string;
  readonly instead: string;
}

const signs: readonly Sign[] = [
  { pattern: /\u2013/, name: phrase`– is an en dash`, instead: phrase`write -` },
  { pattern: /\u2014/, name: phrase`— is an em dash`, instead: phrase`write -, or -- before a long option` },
  { pattern: /[\u2010-\u2012\u2015\u2212]/, name: phrase`a typographic dash`, instead: phrase`write -` },
  { pattern: /[\u201C-\u201F]/, name: phrase`a typographic quotation mark`, instead: phrase`write "` },
  { pattern: /[\u2018-\u201B]/, name: phrase`a typographic quotation mark`, instead: phrase`write '` },
  { pattern: /[\u00A0\u2007\u202F]/, name: phrase`a no-break space`, instead: phrase`write a plain space` },
];

/** @returns null where there is none */
export function typographic(
  words: readonly Pick<Word, "text">[],
): { readonly message: string; readonly hint: string } | null {
  for (const { text } of words) {
    const sign = signs.find(({ pattern }) => pattern.test(text));
    if (sign === undefined) continue;
    const instead = inLanguage(sign.instead);
    const message = say`${inLanguage(sign.name)} in ${JSON.stringify(text.slice(0, 40))}: ${instead}`;
    return { message, hint: say`${instead}: the shell reads it as an ordinary letter` };
  }
  return null;
}
