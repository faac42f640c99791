/**
 * A strict JSON reader (RFC 8259) that keeps the place of everything. JSON.parse is ten times faster and reads the
 * values; this finds places, duplicate keys and the place of a syntax error, when there is something to report.
 */

import { say } from "../languages/say.ts";
import type { Place, Places, Span } from "./positions.ts";

export interface Scan {
  readonly places: Places;
  readonly duplicates: readonly { readonly key: string; readonly pointer: string; readonly span: Span }[];
  readonly error: { readonly message: string; readonly hint: string; readonly span: Span } | null;
}

class SyntaxFault extends Error {
  readonly hint: string;
  readonly start: number;
  constructor(message: string, hint: string, start: number) {
    super(message);
    this.hint = hint;
    this.start = start;
  }
}

const scalarToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const blank = /[ \t\r\n]*/y;

/** Offset behind the string that begins at `start`, or null where it does not end. */
export function stringEnd(text: string, start: number): number | null {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return null;
}

function parseString(token: string): string | null {
  try {
    return JSON.parse(token) as string;
  } catch {
    return null;
  }
}

export function scanJson(text: string, maximumDepth: number): Scan {
  const scanner = new Scanner(text, maximumDepth);
  let error: Scan["error"] = null;
  try {
    scanner.document();
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    error = { message: fault.message, hint: fault.hint, span: { start: fault.start, end: fault.start + 1 } };
  }
  return { places: scanner.places, duplicates: scanner.duplicates, error };
}

class Scanner {
  readonly places = new Map<string, Place>();
  readonly duplicates: { key: string; pointer: string; span: Span }[] = [];
  readonly #text: string;
  readonly #maximumDepth: number;
  #at = 0;

  constructor(text: string, maximumDepth: number) {
    this.#text = text;
    this.#maximumDepth = maximumDepth;
  }

  document(): void {
    this.#value("", null, 0);
    this.#skipBlanks();
    if (this.#at < this.#text.length)
      this.#fail(say`text after the end`, say`remove it, or correct the brackets before it`);
  }

  #value(pointer: string, key: Span | null, depth: number): void {
    this.#skipBlanks();
    const start = this.#at;
    const first = this.#text[start];
    if (first === "{" || first === "[") {
      if (depth >= this.#maximumDepth)
        this.#fail(say`nested more than ${this.#maximumDepth} levels deep`, say`reduce the nesting`);
      if (first === "{") this.#object(pointer, depth);
      else this.#array(pointer, depth);
    } else if (first === '"') this.#string();
    else if (this.#match(scalarToken) === null) this.#failValue(first);
    this.places.set(pointer, { key, value: { start, end: this.#at } });
  }

  #object(pointer: string, depth: number): void {
    const seen = new Set<string>();
    this.#list("}", () => {
      const start = this.#at;
      if (this.#text[start] !== '"')
        this.#fail(say`missing key in double quotes`, say`JSON keys look like "name"`);
      const key = this.#string();
      const span = { start, end: this.#at };
      const child = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (seen.has(key)) this.duplicates.push({ key, pointer: child, span });
      seen.add(key);
      this.#skipBlanks();
      if (this.#text[this.#at] !== ":")
        this.#fail(say`missing colon`, say`write a colon between a key and its value`);
      this.#at++;
      this.#value(child, span, depth + 1);
    });
  }

  #array(pointer: string, depth: number): void {
    let index = 0;
    this.#list("]", () => this.#value(`${pointer}/${index++}`, null, depth + 1));
  }

  /** Items between commas, up to the closing bracket; the opening one comes first. */
  #list(close: string, item: () => void): void {
    this.#at++;
    this.#skipBlanks();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      this.#skipBlanks();
      const next = this.#text[this.#at];
      if (next === close) break;
      if (next === undefined)
        this.#fail(say`the text ends before a closing ${close}`, say`close it with ${close}`);
      if (next !== ",") this.#fail(say`missing comma or ${close}`, say`separate items with commas`);
      const comma = this.#at++;
      this.#skipBlanks();
      if (this.#text[this.#at] === close) {
        throw new SyntaxFault(say`comma before the closing ${close}`, say`remove the comma`, comma);
      }
    }
    this.#at++;
  }

  #string(): string {
    const start = this.#at;
    const end = stringEnd(this.#text, start);
    const value = end === null ? null : parseString(this.#text.slice(start, end));
    if (end === null || value === null) {
      this.#fail(
        say`the string has no end, or has a bare control character or a wrong escape`,
        say`close it on the same line, and write \\n, \\\\ and \\" for newline, backslash and quote`,
      );
    }
    this.#at = end;
    return value;
  }

  #failValue(first: string | undefined): never {
    if (first === undefined)
      this.#fail(say`the text ends before a value`, say`add the value and the closing brackets`);
    if (first === "/" || first === "#")
      this.#fail(say`JSON has no comments`, say`remove the comment, or name the file .yaml`);
    if (first === "'") this.#fail(say`string in single quotes`, say`use double quotes`);
    return this.#fail(
      say`not a JSON value`,
      say`write strings in double quotes, and numbers plain, such as 80`,
    );
  }

  #match(token: RegExp): string | null {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #skipBlanks(): void {
    this.#match(blank);
  }

  #fail(message: string, hint: string): never {
    throw new SyntaxFault(message, hint, this.#at);
  }
}
