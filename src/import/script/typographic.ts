/** Characters that a word processor or a web page put in the place of the shell's own. */

import type { Word } from "../place.ts";

interface Sign {
  readonly pattern: RegExp;
  readonly name: string;
  readonly instead: string;
}

const signs: readonly Sign[] = [
  { pattern: /\u2013/, name: "– is an en dash", instead: "write -" },
  { pattern: /\u2014/, name: "— is an em dash", instead: "write -, or -- before a long option" },
  { pattern: /[\u2010-\u2012\u2015\u2212]/, name: "a typographic dash", instead: "write -" },
  { pattern: /[\u201C-\u201F]/, name: "a typographic quotation mark", instead: 'write "' },
  { pattern: /[\u2018-\u201B]/, name: "a typographic quotation mark", instead: "write '" },
  { pattern: /[\u00A0\u2007\u202F]/, name: "a no-break space", instead: "write a plain space" },
];

/** @returns null where there is none */
export function typographic(
  words: readonly Pick<Word, "text">[],
): { readonly message: string; readonly hint: string } | null {
  for (const { text } of words) {
    const sign = signs.find(({ pattern }) => pattern.test(text));
    if (sign === undefined) continue;
    const message = `${sign.name} in ${JSON.stringify(text.slice(0, 40))}: ${sign.instead}`;
    return { message, hint: `${sign.instead}: the shell reads it as an ordinary letter` };
  }
  return null;
}
