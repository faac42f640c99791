/** A command's arguments as texts, for its help, the man page and the docs. */

import { type Argument, type Arguments, dashed } from "./arguments.ts";

export interface ArgumentRow {
  /** `file`, `--out`, or both forms of a switch that is on by itself: `--lint, --no-lint`. */
  readonly name: string;
  readonly describe: string;
  /** What follows the name, in capitals; nothing for a switch or a positional. */
  readonly value: string;
  readonly choices: readonly string[];
  /** As text; null if there is none. */
  readonly default: string | null;
}

export function positionalRows(positionals: Arguments): ArgumentRow[] {
  return Object.entries(positionals).map(([name, argument]) => ({ ...wordsOf(argument), name, value: "" }));
}

export function optionRows(options: Arguments): ArgumentRow[] {
  return Object.entries(options).map(([key, argument]) => {
    const name = `--${dashed(key)}`;
    const isOn = argument.kind === "switch" && argument.default === true;
    return { ...wordsOf(argument), name: isOn ? `${name}, --no-${dashed(key)}` : name };
  });
}

function wordsOf(argument: Argument): Omit<ArgumentRow, "name"> {
  const standard = argument.kind === "switch" ? undefined : argument.default;
  return {
    describe: `${argument.describe}${argument.kind === "list" && !argument.required && standard === undefined ? "; can be repeated" : ""}`,
    value: valueWord(argument),
    choices: argument.kind === "choice" ? argument.choices : [],
    default: standard === undefined ? null : [standard].flat().join(" "),
  };
}

function valueWord(argument: Argument): string {
  if (argument.kind === "switch") return "";
  if (argument.kind === "choice") return "WORD";
  return argument.kind === "number" ? "N" : argument.value;
}
