/** Words of the command line -> exit status. */

import { suggestion } from "../base/suggest.ts";
import { version } from "../base/version.ts";
import { say } from "../languages/say.ts";
import { statusOf } from "./boundary.ts";
import { commands, findCommand } from "./commands.ts";
import { UsageError } from "./errors.ts";
import { chooseLanguage } from "./language.ts";
import { readValues } from "./read-values.ts";
import { writeData } from "./streams.ts";

/** @returns 0 success, 1 problems of the input or output, 2 wrong usage or an error of lvsgen itself */
export async function run(words: readonly string[]): Promise<number> {
  try {
    await answer(words);
    return 0;
  } catch (error) {
    return statusOf(error);
  }
}

/** The option of yargs' completion scripts. */
const completionAsked = "--get-yargs-completions";

async function answer(typed: readonly string[]): Promise<void> {
  if (typed[0] === completionAsked) return answerShell(typed.slice(1));
  refuseEmpty(typed);
  const words = await chooseLanguage(typed, process.env);
  const own = words.slice(0, words.includes("--") ? words.indexOf("--") : undefined);
  const asks = (...names: readonly string[]): boolean => own.some((word) => names.includes(word));
  if (asks("--version", "-v")) return writeData(`${version}\n`);
  const found = findCommand(words);
  if (words.length === 0 || (found === null && asks("--help", "-h"))) {
    const { generalHelp } = await import("./help.ts");
    return writeData(generalHelp());
  }
  if (found === null) throw noCommand(words);
  const { row, rest } = found;
  const command = await row.load();
  if (asks("--help", "-h")) {
    const { commandHelp } = await import("./help.ts");
    return writeData(commandHelp(row, command));
  }
  const { parseWords } = await import("./parse-words.ts");
  await command.run(valuesOf(row.name, () => readValues(command, parseWords(command, rest))));
}

/** Wrong usage of one command: its help is the place to look. */
function valuesOf<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UsageError
      ? new UsageError(say`${error.message} (see 'lvsgen ${name} --help')`)
      : error;
  }
}

async function answerShell(words: readonly string[]): Promise<void> {
  const { candidatesText, complete } = await import("./complete.ts");
  writeData(candidatesText(await complete(words), /zsh/.test(process.env.SHELL ?? "")));
}

function refuseEmpty(words: readonly string[]): void {
  const empty = words.find((word) => word === "" || /^--[^=]+=$/.test(word));
  if (empty === undefined) return;
  throw new UsageError(
    empty === ""
      ? say`an argument is empty: check the variables of your script`
      : say`${empty.slice(0, -1)} is empty: check the variables of your script`,
  );
}

function noCommand(words: readonly string[]): UsageError {
  const [first = ""] = words;
  if (first.startsWith("-")) return new UsageError(say`${first} needs a command (see 'lvsgen --help')`);
  const names = commands.map(({ name }) => name);
  return new UsageError(
    say`unknown command ${JSON.stringify(first)}: ${suggestion(first, names, say`the commands are`)} (see 'lvsgen --help')`,
  );
}
