/** Commands and options, for the man page and the documentation. */

import { type ArgumentRow, optionRows, positionalRows } from "../src/commands/argument-rows.ts";
import { commands } from "../src/commands/commands.ts";

export interface CommandLine {
  /** As one types it: `render <file>`. */
  readonly usage: string;
  readonly describe: string;
  readonly positionals: readonly ArgumentRow[];
  readonly options: readonly ArgumentRow[];
  /** The text at the end of its help, or nothing. */
  readonly epilogue: string;
}

export async function commandLines(): Promise<CommandLine[]> {
  return Promise.all(
    commands.map(async ({ command, describe, load }) => {
      const { positionals, options, epilogue } = await load();
      return {
        usage: command,
        describe,
        positionals: positionalRows(positionals),
        options: optionRows(options),
        epilogue,
      };
    }),
  );
}
