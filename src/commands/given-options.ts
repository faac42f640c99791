/** The options of a command line, written again. */

import { quoteWord } from "../base/quote-word.ts";
import { type Argument, type Arguments, dashed } from "./arguments.ts";

/** @returns the words for a shell, without options that have their default value */
export function givenOptions(options: Arguments, values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([name, option]) =>
    wordsOf(`--${dashed(name)}`, option, values[name]),
  );
}

function wordsOf(name: string, option: Argument, value: unknown): string[] {
  if (value === undefined || value === (option.default ?? false)) return [];
  if (option.kind === "switch") return [value === true ? name : name.replace("--", "--no-")];
  const each = Array.isArray(value) ? value : [value];
  return each.map((one) => `${name} ${quoteWord(String(one))}`);
}
