/** Words of the command line -> exit status. */

import yargs, { type Argv, type CommandModule } from "yargs";
import { version } from "../version.ts";
import { ProblemError, UsageError } from "./errors.ts";
import { isColored, writeNote } from "./streams.ts";

interface LazyCommand {
  readonly command: string;
  readonly describe: string;
  /** Imported when the command is asked for: each brings what only it needs. */
  readonly load: () => Promise<CommandModule<object, never>>;
}

const commands: readonly LazyCommand[] = [
  {
    command: "init [file]",
    describe: "Write a first topology",
    load: async () => (await import("./init.ts")).initCommand as CommandModule<object, never>,
  },
  {
    command: "validate <file>",
    describe: "Check a topology against schema and rules",
    load: async () => (await import("./validate.ts")).validateCommand as CommandModule<object, never>,
  },
  {
    command: "render <file>",
    describe: "Render the scripts and units of every host",
    load: async () => (await import("./render.ts")).renderCommand as CommandModule<object, never>,
  },
  {
    command: "plan <file>",
    describe: "Show the ordered desired state of each host",
    load: async () => (await import("./plan.ts")).planCommand as CommandModule<object, never>,
  },
  {
    command: "lint [paths..]",
    describe: "Check generated scripts, units and the manifest",
    load: async () => (await import("./lint.ts")).lintCommand as CommandModule<object, never>,
  },
];

/** @returns 0 fine, 1 the input or output has problems, 2 wrong usage or a fault of lvsgen itself */
export async function run(words: readonly string[]): Promise<number> {
  try {
    await parse(words);
    return 0;
  } catch (error) {
    return report(error);
  }
}

async function parse(words: readonly string[]): Promise<void> {
  const parser = yargs([...words])
    .scriptName("lvsgen")
    .usage("$0 <command>\n\nLinux Virtual Server clusters from one typed topology.")
    .version(version)
    .wrap(80)
    .strict()
    .recommendCommands()
    .demandCommand(1, "which command?")
    .parserConfiguration({ "boolean-negation": true, "duplicate-arguments-array": true })
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${message}\n'lvsgen --help' shows what there is`);
    });
  for (const { command, describe, load } of commands) {
    parser.command({
      command,
      describe,
      builder: (async (argv: Argv) => {
        const { builder } = await load();
        return typeof builder === "function" ? builder(argv as never) : argv;
      }) as never,
      handler: async (args) => (await load()).handler(args as never),
    });
  }
  await parser.parseAsync();
}

function report(error: unknown): number {
  if (error instanceof ProblemError) {
    writeNote(error.message);
    return 1;
  }
  if (error instanceof UsageError) {
    writeNote(`${isColored() ? "\u001B[31mlvsgen:\u001B[0m" : "lvsgen:"} ${error.message}`);
    return 2;
  }
  const detail = process.env["LVSGEN_DEBUG"] && error instanceof Error ? error.stack : String(error);
  writeNote(`lvsgen: internal error, not your topology's fault: ${detail}`);
  if (!process.env["LVSGEN_DEBUG"])
    writeNote("LVSGEN_DEBUG=1 shows where; please report it with the topology");
  return 2;
}
