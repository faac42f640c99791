/**
 * The lines of keepalived.conf as keepalived reads them: conditions, parameters, comments, quotes, braces
 * (keepalived.conf(5), "CONFIGURATION PARSER" and "ADVANCED CONFIGURATION"). Written by hand, as the language is words
 * and braces by line: a parser generator would need the same scanner for comments, quotes and `${}`, and gives errors
 * without a place to look at.
 */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Place, Source, Word } from "../place.ts";

export type Token =
  | { readonly kind: "word"; readonly word: Word }
  | { readonly kind: "open" | "close" | "end"; readonly place: Place };

export interface Dialect {
  readonly notes: Notes;
  /** The config-id that lines with `@` are compared with; null: unknown. */
  readonly configId: string | null;
  /** Parameters as defined so far; they go through all files. */
  readonly parameters: Map<string, string>;
}

/** Replacements in one line: parameters may name one another, also in a circle. */
const maximumReplacements = 1000;

/** The tokens of one line, with its end; none if it is for another host, or defines a parameter. */
export function lineTokens(source: Source, number: number, text: string, dialect: Dialect): Token[] {
  const place = { source, line: number, column: text.search(/\S|$/) + 1 };
  const chosen = choose(text, place, dialect);
  if (chosen === null || define(chosen, place, dialect)) return [];
  const line = replaceParameters(chosen, place, dialect);
  // After a replacement columns are those of another text: the whole line is meant.
  const at = (column: number): Place => (line === text ? { source, line: number, column } : place);
  return [...scan(line, at, dialect.notes), { kind: "end", place }];
}

/** The rest of a line with a condition, where it holds. */
function choose(text: string, place: Place, { configId, notes }: Dialect): string | null {
  const condition = /^(\s*)@(\^?)(\S+)(.*)$/.exec(text);
  if (condition === null) return text;
  const [, indent = "", not, id, rest = ""] = condition;
  if (configId !== null) return (id === configId) === (not === "") ? indent + rest : null;
  notes.leftOut(
    place,
    say`the line is for one host only (config-id ${id})`,
    say`set the director's with --config-id: what its keepalived gets with -i (by default the first part of its host name)`,
  );
  return null;
}

function define(text: string, place: Place, { parameters, notes }: Dialect): boolean {
  const definition = /^\s*\$([A-Za-z_]\w*)=(.*)$/.exec(text);
  if (definition === null) return false;
  const [, name = "", value = ""] = definition;
  if (value.trimEnd().endsWith("\\")) {
    notes.notUnderstood(
      place,
      say`the parameter $${name} has several lines`,
      say`replace it with its value where it is used`,
    );
  } else parameters.set(name, value.trim());
  return true;
}

function replaceParameters(text: string, place: Place, { parameters, notes }: Dialect): string {
  let line = text;
  for (let count = 0; count < maximumReplacements && line.length < 100_000; count++) {
    const use = [...line.matchAll(/\$(?:\{(\w+)\}|(\w+)(?=\s|$))/g)].find((match) =>
      parameters.has(match[1] ?? match[2] ?? ""),
    );
    if (use === undefined) return withoutUnknown(line, place, notes);
    const value = parameters.get(use[1] ?? use[2] ?? "") ?? "";
    line = line.slice(0, use.index) + value + line.slice(use.index + use[0].length);
  }
  notes.notUnderstood(place, say`circular parameters`, say`replace them with their values`);
  return withoutBraces(text);
}

/** keepalived keeps what it cannot replace. */
function withoutUnknown(line: string, place: Place, notes: Notes): string {
  const unknown = /^[^#!]*\$\{?(\w+)/.exec(line)?.[1];
  const made = /^[^#!]*~(?:SEQ|LST)\(/.test(line);
  if (unknown === undefined && !made) return line;
  const what =
    unknown === undefined ? say`~SEQ or ~LST is not supported` : say`unknown parameter $${unknown}`;
  notes.notUnderstood(place, what, say`replace it with its value`);
  return withoutBraces(line);
}

/** The braces of `${NAME}` are not those of a block. */
function withoutBraces(line: string): string {
  return line.replaceAll(/\$\{(\w+)\}/g, "$$$1");
}

/** What may follow a backslash and is not itself (keepalived.conf(5), "Quoted strings"). */
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", f: "\f", v: "\v", b: "\b" };

function scan(line: string, at: (column: number) => Place, notes: Notes): Token[] {
  const tokens: Token[] = [];
  let text = "";
  let from = -1;
  let quote = "";
  const finish = () => {
    if (from >= 0) tokens.push({ kind: "word", word: { text, place: at(from + 1) } });
    text = "";
    from = -1;
  };
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    if (character === "\\") {
      if (from < 0) from = index;
      const next = line.charAt(++index);
      text += escapes[next] ?? next;
    } else if (quote !== "") {
      if (character === quote) quote = "";
      else text += character;
    } else if (character === '"' || character === "'") {
      if (from < 0) from = index;
      quote = character;
    } else if (character === "#" || character === "!") break;
    else if (character === "{" || character === "}") {
      finish();
      tokens.push({ kind: character === "{" ? "open" : "close", place: at(index + 1) });
    } else if (/\s/.test(character)) finish();
    else {
      if (from < 0) from = index;
      text += character;
    }
  }
  if (quote !== "") notes.notUnderstood(at(from + 1), say`quote without an end in its line`, say`close it`);
  finish();
  return tokens;
}
