/** Diagnostics for people: one block each, with the line of the text and a caret. */

import { printable } from "../base/printable.ts";
import { withoutSecrets } from "../base/without-secrets.ts";
import { say } from "../languages/say.ts";
import type { Diagnostic } from "./diagnostics.ts";

export interface TextOptions {
  readonly color: boolean;
  /** How many are shown; the rest are counted. */
  readonly limit: number;
}

/** Longest part of a source line that is shown, in characters. */
const maximumWidth = 100;

/**
 * @param name the file's, as the user gave it
 * @param text the text that lines and columns count in
 */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  name: string,
  text: string,
  { color, limit }: TextOptions,
): string {
  if (diagnostics.length === 0) return "";
  const lines = text.split(/\r?\n/);
  const paint = color ? painted : plain;
  const shown = diagnostics.slice(0, limit).map((diagnostic) => block(diagnostic, name, lines, paint));
  const hidden = diagnostics.length - shown.length;
  const more = hidden > 0 ? [say`and ${hidden} more: --format json has all`] : [];
  return `${[...shown, ...more].join("\n")}\n`;
}

type Paint = (style: keyof typeof styles, text: string) => string;

const styles = { error: 31, warning: 33, caret: 36, strong: 1 } as const;
const plain: Paint = (_style, text) => text;
const painted: Paint = (style, text) => `\u001B[${styles[style]}m${text}\u001B[0m`;

function block(diagnostic: Diagnostic, name: string, lines: readonly string[], paint: Paint): string {
  const { code, severity, line, column, pointer, message, hint } = diagnostic;
  const place = paint("strong", `${name}:${line}:${column}`);
  const where = pointer === "" ? "" : `${printable(pointer)}: `;
  const what = severity === "warning" ? say`warning: ${printable(message)}` : printable(message);
  return [
    `${paint(severity, code)} ${place} ${where}${what}`,
    ...excerpt(lines[line - 1] ?? "", line, column, paint),
    `  ${say`hint: ${printable(hint)}`}`,
  ].join("\n");
}

function excerpt(text: string, line: number, column: number, paint: Paint): string[] {
  const source = withoutSecrets(text);
  if (source.trim() === "") return [];
  const from = column > maximumWidth ? column - 1 - Math.floor(maximumWidth / 2) : 0;
  const part = printable(source.slice(from, from + maximumWidth).replaceAll("\t", " "));
  const margin = `${line}`.padStart(4);
  const caret = `${" ".repeat(column - 1 - from)}${paint("caret", "^")}`;
  return [`${margin} | ${part}`, `${" ".repeat(margin.length)} | ${caret}`];
}
