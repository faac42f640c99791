/** The words of a command line, by yargs' parser -> the text of each argument. */

import parser, { type Options } from "yargs-parser";
import { closest } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import { type Argument, type Command, dashed, isRepeatable } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import type { Typed } from "./read-values.ts";

/** @throws UsageError for an unknown option, or one without its value */
export function parseWords(command: Command, words: readonly string[]): Typed {
  const options = Object.entries(command.options);
  refuseValuesOfSwitches(options, words);
  const { argv, error } = parser.detailed([...words], {
    ...hints(options),
    configuration: {
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    },
  });
  if (error !== null) {
    const option = /^Not enough arguments following: (.*)$/.exec(error.message)?.[1];
    if (option === undefined) throw error;
    throw new UsageError(say`--${option} needs a value`);
  }
  const { _: positionals, ...given } = argv;
  refuseUnknown(command, Object.keys(given));
  return { positionals: positionals.map(String), options: given };
}

/** What the parser needs to know of each option. */
function hints(options: readonly (readonly [string, Argument])[]): Options {
  const named = (fits: (argument: Argument) => boolean): string[] =>
    options.filter(([, argument]) => fits(argument)).map(([key]) => dashed(key));
  const valued = named(({ kind }) => kind !== "switch");
  return {
    boolean: named(({ kind }) => kind === "switch"),
    string: valued,
    array: named(isRepeatable),
    narg: Object.fromEntries(valued.map((key) => [key, 1])),
  };
}

/** The parser takes `--check=maybe` for off. */
function refuseValuesOfSwitches(
  options: readonly (readonly [string, Argument])[],
  words: readonly string[],
): void {
  for (const [key, { kind }] of options) {
    const option = `--${dashed(key)}`;
    if (kind === "switch" && words.some((word) => word.startsWith(`${option}=`)))
      throw new UsageError(say`${option} takes no value`);
  }
}

function refuseUnknown({ options, positionals }: Command, given: readonly string[]): void {
  const known = Object.keys(options).map(dashed);
  // The parser returns each option in both of its forms.
  const unknown = given.find((key) => !known.includes(dashed(key)));
  if (unknown === undefined) return;
  const option = unknown.length === 1 ? `-${unknown}` : `--${unknown}`;
  const meant = closest(unknown, known);
  if (meant !== null) throw new UsageError(say`unknown option ${option}: did you mean --${meant}?`);
  throw new UsageError(
    Object.hasOwn(positionals, unknown)
      ? say`unknown option ${option}: write ${unknown} without --${unknown}`
      : say`unknown option ${option}`,
  );
}
