/** Words of the command line -> exit status. */

import yargs, { type Argv } from "yargs";
import { suggestion } from "../base/suggest.ts";
import { version } from "../base/version.ts";
import { commands } from "./commands.ts";
import { ProblemError, UsageError } from "./errors.ts";
import { isColored, writeData, writeNote } from "./streams.ts";

/** @returns 0 fine, 1 the input or output has problems, 2 wrong usage or a fault of lvsgen itself */
export async function run(words: readonly string[]): Promise<number> {
  try {
    // A shell that completes asks for what may begin with nothing.
    if (words.includes("") && words[0] !== "--get-yargs-completions")
      throw new UsageError("an argument is empty: is a variable of your script not set?");
    const { said, work } = await parse(words);
    writeData(said);
    await work();
    return 0;
  } catch (thrown) {
    const error = isYargsError(thrown) ? usageError(thrown.message) : thrown;
    return report(error instanceof UnknownArgument ? await withSuggestion(error, words) : error);
  }
}

interface Parsed {
  /** What yargs itself has to say: help, the version, or nothing. */
  readonly said: string;
  /** What the command does. */
  readonly work: () => Promise<void>;
}

async function parse(words: readonly string[]): Promise<Parsed> {
  let work = async (): Promise<void> => {};
  const parser = yargs([...words])
    .scriptName("lvsgen")
    .usage("$0 <command>\n\nLinux Virtual Server clusters from one typed topology.")
    .version(version)
    .wrap(80)
    .strict()
    .demandCommand(1, "name a command")
    .completion(completion, "Print what lets bash or zsh complete lvsgen's words")
    .exitProcess(false)
    .showHelpOnFail(false)
    .check((args) => {
      const [twice] = Object.entries(args).filter(
        ([key, value]) => Array.isArray(value) && !repeatable.has(key),
      );
      if (twice !== undefined) throw usageError(`--${twice[0]} is given twice: give it once`);
      return true;
    }, true)
    .fail((message, error) => {
      throw error ?? usageError(message);
    });
  for (const { command, describe, load } of commands) {
    parser.command({
      command,
      describe,
      builder: (async (argv: Argv) => {
        const { builder } = await load();
        return typeof builder === "function" ? builder(argv as never) : argv;
      }) as never,
      // Afterwards: while a command runs under it, yargs keeps the command's help ready, which takes a while to lay out.
      handler: (args) => {
        work = async () => (await load()).handler(args as never);
      },
    });
  }
  let said = "";
  // With a callback yargs hands over its output instead of writing it by itself.
  await parser.parseAsync([...words], {}, (_error, _args, output) => {
    if (output !== "") said = `${output}\n`;
  });
  return { said, work };
}

/** yargs' own command. */
const completion = "completion";

/** Arguments that take several values. */
const repeatable: ReadonlySet<string> = new Set([
  "_",
  "host",
  "paths",
  "files",
  "scenario",
  "inject",
  "tree",
]);

function isYargsError(error: unknown): error is Error {
  return error instanceof Error && error.name === "YError";
}

class UnknownArgument extends Error {}

const remedy = "'lvsgen --help' and 'lvsgen COMMAND --help' show what there is";

/** yargs' sentences in lvsgen's words. */
function usageError(message: string): Error {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(", ")[0];
  if (unknown !== undefined) return new UnknownArgument(unknown);
  return new UsageError(`${inOwnWords(message)}\n${remedy}`);
}

function inOwnWords(message: string): string {
  if (message.startsWith("Not enough non-option arguments")) {
    return "an argument is missing, most likely the topology's file";
  }
  const option = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (option !== undefined) return `--${option} needs a value`;
  return message.replaceAll(/\s*\n\s*/g, " ").trim();
}

/** Looks for what was probably meant among the options that the command's help names, or among the commands. */
async function withSuggestion({ message: unknown }: Error, words: readonly string[]): Promise<UsageError> {
  const name = words.find((word) => !word.startsWith("-")) ?? "";
  const known = [...commands.map(({ command }) => command.split(" ")[0] ?? command), completion];
  if (!known.includes(name)) {
    return new UsageError(
      `there is no command ${JSON.stringify(name)}: ${suggestion(name, known, "the commands are")}`,
    );
  }
  const { said: help } = await parse([name, "--help"]);
  const options = [...help.matchAll(/^ +--([a-z-]+)/gm)].flatMap(([, option]) => option ?? []);
  const hint = suggestion(unknown, options, `the options of ${name} are`);
  return new UsageError(`unknown argument ${JSON.stringify(unknown)}: ${hint}`);
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
  const debug = Boolean(process.env.LVSGEN_DEBUG);
  const detail = debug && error instanceof Error ? error.stack : String(error);
  writeNote(`lvsgen: internal error, not your topology's fault: ${detail}`);
  if (!debug) writeNote("LVSGEN_DEBUG=1 shows where; please report it with the topology");
  return 2;
}
