/** `--help`, of lvsgen and of each command. */

import { wrap } from "../base/wrap.ts";
import { type ArgumentRow, optionRows, positionalRows } from "./argument-rows.ts";
import type { Command } from "./arguments.ts";
import { commands, type LazyCommand } from "./commands.ts";
import { generalOptions } from "./general-options.ts";

/** Columns of a narrow terminal. */
const width = 80;

const always = generalOptions.map(({ name, describe }) => [name, describe] as const);

export function generalHelp(): string {
  return [
    "lvsgen <command>\n",
    "Linux Virtual Server clusters from one typed topology.\n",
    "Commands:",
    ...table(commands.map(({ command, describe }) => [`lvsgen ${command}`, describe])),
    "",
    "Options:",
    ...table(always),
    "",
    "Run 'lvsgen COMMAND --help' for a command's arguments and options.\n",
  ].join("\n");
}

export function commandHelp({ command: usage, describe }: LazyCommand, command: Command): string {
  const positionals = positionalRows(command.positionals).map(rowOf);
  const options = [...optionRows(command.options).map(rowOf), ...always];
  const first = Math.max(...[...positionals, ...options].map(([name]) => name.length));
  return [
    `lvsgen ${usage}\n`,
    `${describe}\n`,
    ...(positionals.length === 0 ? [] : ["Arguments:", ...table(positionals, first), ""]),
    "Options:",
    ...table(options, first),
    "",
    ...(command.epilogue === ""
      ? []
      : [...command.epilogue.split("\n").flatMap((line) => wrap(line, width)), ""]),
  ].join("\n");
}

function rowOf({
  name,
  value,
  describe,
  choices,
  default: standard,
}: ArgumentRow): readonly [string, string] {
  const among = choices.length === 0 ? "" : `: ${choices.join(", ")}`;
  const otherwise = standard === null ? "" : ` (default: ${standard})`;
  return [value === "" ? name : `${name} ${value}`, `${describe}${among}${otherwise}`];
}

/** Two columns, the second one wrapped. */
function table(rows: readonly (readonly [string, string])[], atLeast = 0): string[] {
  const first = Math.max(atLeast, ...rows.map(([name]) => name.length));
  return rows.flatMap(([name, text]) =>
    wrap(text, width - first - 4).map(
      (line, index) => `  ${(index === 0 ? name : "").padEnd(first)}  ${line}`,
    ),
  );
}
