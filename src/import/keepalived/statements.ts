/** keepalived.conf as a tree: statements of words, some with a block. Includes are read in their place. */

import { say } from "../../languages/say.ts";
import { ImportError } from "../notes.ts";
import type { Place, Source, Word } from "../place.ts";
import { maximumLength, refuse } from "../recognise.ts";
import { refuseTemplate } from "../templates.ts";
import { type Closing, unclosed, unopened } from "./braces.ts";
import { type Dialect, lineTokens, type Token } from "./lines.ts";

export interface Statement {
  readonly keyword: string;
  /** After the keyword. */
  readonly words: readonly Word[];
  /** null: it has no braces. */
  readonly block: readonly Statement[] | null;
  readonly place: Place;
}

/**
 * Finds what an include means.
 *
 * @param pattern as written; may have wildcards
 * @param from the text with the include
 * @returns the texts in the order of their names; a text says why there is none
 */
export type ReadInclude = (pattern: string, from: Source) => readonly Source[] | string;

const maximumDepth = 16;
const maximumNesting = 32;

/** @throws ImportError for a template, braces that do not match, includes in a circle, and too much of anything */
export function readStatements(source: Source, dialect: Dialect, readInclude: ReadInclude): Statement[] {
  return new Tree().build(
    tokensOf(source, { dialect, readInclude, chain: [source.name], read: { length: 0 } }),
  );
}

interface Scope {
  readonly dialect: Dialect;
  readonly readInclude: ReadInclude;
  /** Names of the texts that led here. */
  readonly chain: readonly string[];
  readonly read: { length: number };
}

function* tokensOf(source: Source, scope: Scope): Generator<Token> {
  scope.read.length += source.text.length;
  refuseTemplate(source);
  const lines = source.text.split(/\r?\n/);
  for (const [index, text] of lines.entries()) {
    const include = /^\s*include[rmwba]?\s+(.*)$/.exec(text)?.[1];
    if (include === undefined) yield* lineTokens(source, index + 1, text, scope.dialect);
    else {
      const place = { source, line: index + 1, column: text.search(/\S/) + 1 };
      yield* included(include, place, scope);
    }
  }
}

function* included(rest: string, place: Place, scope: Scope): Generator<Token> {
  const pattern =
    /^"([^"]*)"|^'([^']*)'|^([^\s#!]+)/
      .exec(rest.trim())
      ?.slice(1)
      .find((part) => part) ?? "";
  const found = pattern === "" ? say`the include names no file` : scope.readInclude(pattern, place.source);
  if (typeof found === "string") {
    scope.dialect.notes.notUnderstood(
      place,
      say`nothing to include: ${found}`,
      say`copy the included files to the same places`,
    );
    return;
  }
  for (const source of found) {
    const within = { ...scope, chain: [...scope.chain, source.name] };
    if (scope.chain.includes(source.name))
      throw new ImportError(place, say`${source.name} includes itself`, say`remove one of the includes`);
    if (within.chain.length > maximumDepth)
      throw new ImportError(place, say`includes are nested deeper than ${maximumDepth}`, say`merge files`);
    if (scope.read.length + source.text.length > maximumLength)
      throw new ImportError(place, say`the files are larger than 16 MiB`, say`import one cluster at a time`);
    if (source.text.trim() !== "") refuse(source);
    yield* tokensOf(source, within);
  }
}

interface Draft {
  readonly keyword: string;
  readonly words: Word[];
  block: Draft[] | null;
  readonly place: Place;
}

class Tree {
  readonly #top: Draft[] = [];
  /** Statements with an open block. */
  readonly #open: (Draft & { block: Draft[] })[] = [];
  readonly #closings: Closing[] = [];
  /** The statement that words are added to. */
  #current: Draft | null = null;

  build(tokens: Iterable<Token>): Statement[] {
    for (const token of tokens) this.#take(token);
    if (this.#open.length > 0) throw unclosed(this.#open, this.#closings);
    return this.#top;
  }

  #take(token: Token): void {
    if (token.kind === "word") this.#word(token.word);
    else if (token.kind === "end") this.#current = null;
    else if (token.kind === "open") this.#enter(token.place);
    else this.#leave(token.place);
  }

  #word(word: Word): void {
    if (this.#current !== null) this.#current.words.push(word);
    else {
      this.#current = { keyword: word.text, words: [], block: null, place: word.place };
      this.#block().push(this.#current);
    }
  }

  /** The brace may be in the line after its keyword. */
  #enter(place: Place): void {
    const owner = this.#current ?? this.#block().at(-1);
    if (owner === undefined || owner.block !== null)
      throw new ImportError(
        place,
        say`brace { without a keyword`,
        say`add the keyword before it, or remove it`,
      );
    if (this.#open.length >= maximumNesting)
      throw new ImportError(
        place,
        say`blocks are nested deeper than ${maximumNesting}`,
        say`close blocks with }`,
      );
    this.#open.push(Object.assign(owner, { block: [] }));
    this.#current = null;
  }

  #leave(place: Place): void {
    const owner = this.#open.pop();
    if (owner === undefined) throw unopened(place, this.#top, this.#closings);
    this.#closings.push({ owner, place, around: [...this.#open] });
    this.#current = null;
  }

  #block(): Draft[] {
    return this.#open.at(-1)?.block ?? this.#top;
  }
}
