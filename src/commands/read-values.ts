/** Typed words -> a command's values, or an error in one line. */

import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import { type Argument, type Arguments, type Command, dashed, isRepeatable } from "./arguments.ts";
import { UsageError } from "./errors.ts";

export interface Typed {
  /** In their order. */
  readonly positionals: readonly string[];
  /** By name; of a list, all of them. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** @throws UsageError for the first invalid value */
export function readValues(
  { positionals, options }: Command,
  typed: Typed,
): Readonly<Record<string, unknown>> {
  const values = {
    ...readPositionals(positionals, typed.positionals),
    ...Object.fromEntries(
      Object.entries(options).map(([name, argument]) => [
        name,
        readOption(`--${dashed(name)}`, argument, typed.options[name]),
      ]),
    ),
  };
  refuseTwoInputs({ ...positionals, ...options }, values);
  return values;
}

function readPositionals(positionals: Arguments, words: readonly string[]): Record<string, unknown> {
  const rest = [...words];
  const values: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(positionals)) {
    const given = isRepeatable(argument) ? rest.splice(0) : rest.splice(0, 1);
    if (given.length === 0 && "required" in argument && argument.required)
      throw new UsageError(say`missing argument <${name}>: ${argument.describe.replace(/;.*$/s, "")}`);
    values[name] = isRepeatable(argument)
      ? given.length > 0 || !("default" in argument)
        ? given
        : argument.default
      : (given[0] ?? ("default" in argument ? argument.default : undefined));
  }
  const [unknown] = rest;
  if (unknown !== undefined) throw new UsageError(say`unexpected argument ${JSON.stringify(unknown)}`);
  return values;
}

function readOption(option: string, argument: Argument, given: unknown): unknown {
  if (argument.kind === "switch") return given ?? argument.default ?? false;
  if (given === undefined) return argument.default;
  if (isRepeatable(argument)) return given;
  if (Array.isArray(given)) throw new UsageError(say`${option} is given twice`);
  if (typeof given !== "string")
    throw new UsageError(say`unknown option ${option.replace("--", "--no-")}: ${option} takes a value`);
  if (argument.kind === "number") return readNumber(option, argument, given);
  if (argument.kind === "choice") return readChoice(option, argument, given);
  return given;
}

function readChoice(
  option: string,
  {
    choices,
    hint = (word) => suggestion(word, choices, say`choose one of`),
  }: Extract<Argument, { kind: "choice" }>,
  given: string,
): string {
  if (choices.includes(given)) return given;
  throw new UsageError(say`invalid ${option} ${JSON.stringify(given)}: ${hint(given)}`);
}

function readNumber(
  option: string,
  { least, most, whole }: Extract<Argument, { kind: "number" }>,
  given: string,
): number {
  const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const shown = JSON.stringify(given);
  throw new UsageError(
    whole
      ? say`invalid ${option} ${shown}: use a whole number from ${least} to ${most}`
      : say`invalid ${option} ${shown}: use a number from ${least} to ${most}`,
  );
}

/** Standard input can be read only once. */
function refuseTwoInputs(known: Arguments, values: Readonly<Record<string, unknown>>): void {
  const fromInput = Object.entries(known).flatMap(([name, argument]) =>
    "input" in argument && argument.input ? [values[name]].flat().filter((value) => value === "-") : [],
  );
  if (fromInput.length > 1)
    throw new UsageError(say`standard input (-) can be one file only: use a file name for the other`);
}
