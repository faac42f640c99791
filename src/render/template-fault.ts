/** Where a template is broken: its file's name and line, which Handlebars reports in several forms. */

import { RenderError } from "./escape.ts";

/** Names the template and line of a fault: the innermost template, if one includes another. */
class PlacedError extends RenderError {}

/**
 * @param template name without the extension
 * @param error what came out of its text, or of rendering it
 */
export function placed(template: string, error: unknown): RenderError {
  if (error instanceof PlacedError) return error;
  const { message, line } = wordsOf(error);
  return new PlacedError(`${template}.hbs${line === null ? "" : `:${line}`}: ${message}`);
}

/** Helpers do not know their template; the renderer adds its name. */
export class LineError extends RenderError {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

function wordsOf(error: unknown): { readonly message: string; readonly line: number | null } {
  if (error instanceof LineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  // The parser shows the lines around it between the first line and the last one.
  const parse = /^(?:Parse|Lexical) error on line (\d+)[.:]\s*([\s\S]*)$/.exec(text);
  if (parse !== null) return { message: parse[2]?.trim().split("\n").at(-1) ?? "", line: Number(parse[1]) };
  const compile = /^([\s\S]*) - (\d+):\d+$/.exec(text);
  if (compile !== null) return { message: inOwnWords(compile[1] ?? ""), line: Number(compile[2]) };
  return { message: text, line: null };
}

function inOwnWords(message: string): string {
  const helper = /unknown helper (\S+)$/.exec(message)?.[1];
  if (helper !== undefined) return `unknown helper ${helper}`;
  const value = /^"(.*)" not defined in \[object Object\]$/.exec(message)?.[1];
  return value === undefined ? message : `undefined value ${value}: correct the name, or remove it`;
}
