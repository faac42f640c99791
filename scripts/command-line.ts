/** What the command line takes, as data: for the man page and the documentation. */

import type { Argv, Options } from "yargs";
import { commands } from "../src/commands/commands.ts";

export interface CommandLine {
  /** As one types it: `render <file>`. */
  readonly usage: string;
  readonly describe: string;
  readonly positionals: readonly Argument[];
  readonly options: readonly Argument[];
  /** What its help ends with, or nothing. */
  readonly epilogue: string;
}

export interface Argument {
  /** `file`, `--out`, or both forms of a switch that is on by itself: `--lint, --no-lint`. */
  readonly name: string;
  readonly describe: string;
  /** What follows the name, in capitals; nothing for a switch. */
  readonly value: string;
  readonly choices: readonly string[];
  /** As text; null where there is none. */
  readonly default: string | null;
}

export async function commandLines(): Promise<CommandLine[]> {
  return Promise.all(
    commands.map(async ({ command, describe, load }) => {
      const { builder } = await load();
      const record = new Recorder();
      if (typeof builder === "function") await builder(record as unknown as Argv);
      return { usage: command, describe, ...record.told };
    }),
  );
}

/** Takes the place of yargs in a command's builder, and keeps what it is told. */
class Recorder {
  readonly told = { positionals: [] as Argument[], options: [] as Argument[], epilogue: "" };

  positional(name: string, options: Options): this {
    this.told.positionals.push({ ...argument(name, options), name });
    return this;
  }

  option(name: string, options: Options): this {
    this.told.options.push(argument(name, options));
    return this;
  }

  epilogue(text: string): this {
    this.told.epilogue = text;
    return this;
  }
}

function argument(name: string, { type, choices = [], default: standard, describe = "" }: Options): Argument {
  const isSwitch = type === "boolean";
  const names = choices.flatMap((choice) => (choice === undefined ? [] : String(choice)));
  const isTold = !isSwitch && standard !== undefined && [standard].flat().length > 0;
  return {
    name: isSwitch && standard === true ? `--${name}, --no-${name}` : `--${name}`,
    describe,
    value: isSwitch ? "" : (values[type ?? ""] ?? "WORD"),
    choices: names,
    default: isTold ? [standard].flat().join(" ") : null,
  };
}

const values: Readonly<Record<string, string>> = { number: "N", array: "WORD" };
