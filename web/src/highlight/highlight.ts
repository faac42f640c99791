/** File name -> highlighter: one row a kind of file. */

import { ini, json, keepalived, yaml } from "./line-languages.ts";
import { shell } from "./shell.ts";
import type { Highlighter, Token } from "./tokens.ts";

const rows: readonly { readonly name: RegExp; readonly highlighter: Highlighter }[] = [
  { name: /\.(sh|init)$/, highlighter: shell },
  { name: /\.(service|timer|cfg)$/, highlighter: ini },
  { name: /\.conf$/, highlighter: keepalived },
  { name: /\.ya?ml$/, highlighter: yaml },
  { name: /\.json$/, highlighter: json },
];

/** Tokens of each line; the text's last line break begins none. */
export function highlight(path: string, text: string): readonly (readonly Token[])[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const highlighter = rows.find(({ name }) => name.test(path))?.highlighter;
  return highlighter?.(lines) ?? lines.map((line): Token[] => [["plain", line]]);
}
