/** The words of a command line, by yargs -> what was typed for each argument. */

import yargs from "yargs";
import { closest, suggestion } from "../base/suggest.ts";
import { type Argument, type Command, dashed, isRepeatable } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import type { Typed } from "./read-values.ts";

/** @throws UsageError for an option that the command does not have, or without its value */
export function parseWords(name: string, command: Command, words: readonly string[]): Typed {
  const options = Object.entries(command.options);
  refuseValuesOfSwitches(options, words);
  const parser = yargs()
    .exitProcess(false)
    .help(false)
    .version(false)
    .parserConfiguration({
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    .fail((message, error) => {
      const option = /^Not enough arguments following: (.*)$/.exec(message ?? "")?.[1];
      if (option === undefined) throw error ?? new Error(message);
      throw new UsageError(`--${option} needs a value ('lvsgen ${name} --help' shows which)`);
    });
  for (const [key, argument] of options) {
    if (argument.kind === "switch") parser.option(dashed(key), { type: "boolean" });
    else if (isRepeatable(argument)) parser.option(dashed(key), { type: "string", array: true, nargs: 1 });
    else parser.option(dashed(key), { type: "string", requiresArg: true });
  }
  const { _: positionals, $0: _program, ...given } = parser.parseSync([...words]);
  refuseUnknown(name, command, Object.keys(given));
  return { positionals: positionals.map(String), options: given };
}

/** yargs takes `--check=maybe` for off. */
function refuseValuesOfSwitches(
  options: readonly (readonly [string, Argument])[],
  words: readonly string[],
): void {
  for (const [key, { kind }] of options) {
    const option = `--${dashed(key)}`;
    if (kind === "switch" && words.some((word) => word.startsWith(`${option}=`)))
      throw new UsageError(`${option} is a switch: it takes no value`);
  }
}

function refuseUnknown(name: string, { options, positionals }: Command, given: readonly string[]): void {
  const known = Object.keys(options).map(dashed);
  // yargs tells each option in both of its forms.
  const unknown = given.find((key) => !known.includes(dashed(key)));
  if (unknown === undefined) return;
  const isPositional = Object.hasOwn(positionals, unknown);
  const hint =
    closest(unknown, known) === null && isPositional
      ? "it is given without a name"
      : suggestion(unknown, known, `the options of ${name} are`);
  throw new UsageError(`unknown argument ${JSON.stringify(unknown)}: ${hint}`);
}
