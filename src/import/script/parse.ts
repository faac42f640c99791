/**
 * The text of a script -> a tree.
 *
 * The parser is unbash 6.0.4 (ISC, November 2026, no dependencies, plain JavaScript, 27 kB compressed, 25 releases in
 * nine months; the parser of knip). It reads all of bash, gives positions, and reads on after an error. A scanner of
 * lvsgen's own would have to do the same: quotes, here-documents, substitutions within substitutions. Others are too
 * old (bash-parser: 2017, with 21 dependencies) or need WebAssembly (sh-syntax, mvdan-sh, tree-sitter-bash).
 */

import { parse, type Statement } from "unbash";
import type { Place, Source } from "../place.ts";

/** Where a position of a tree is in the text. */
export type At = (position: number) => Place;

export interface Tree {
  readonly statements: readonly Statement[];
  readonly at: At;
  /** What the parser stumbled over. */
  readonly errors: readonly { readonly message: string; readonly place: Place }[];
}

export function treeOf(source: Source): Tree {
  // Lines and columns stay: a carriage return is the last character of its line.
  const text = source.text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const script = parse(text);
  const at = placesOf(source, text);
  const errors = (script.errors ?? []).map(({ message, pos }) => ({ message, place: at(pos) }));
  return { statements: script.commands, at, errors };
}

/** Statements that a script makes up while it runs: all are at its place. */
export function statementsOf(text: string): readonly Statement[] | null {
  const script = parse(text);
  return script.errors === undefined || script.errors.length === 0 ? script.commands : null;
}

function placesOf(source: Source, text: string): At {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (position) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return { source, line: low + 1, column: position - (starts[low] ?? 0) + 1 };
  };
}
