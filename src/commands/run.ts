/** Words of the command line -> exit status. */

import { suggestion } from "../base/suggest.ts";
import { version } from "../base/version.ts";
import { statusOf } from "./boundary.ts";
import { commands, findCommand } from "./commands.ts";
import { UsageError } from "./errors.ts";
import { readValues } from "./read-values.ts";
import { writeData } from "./streams.ts";

/** @returns 0 fine, 1 the input or output has problems, 2 wrong usage or a fault of lvsgen itself */
export async function run(words: readonly string[]): Promise<number> {
  try {
    await answer(words);
    return 0;
  } catch (error) {
    return statusOf(error);
  }
}

/** What yargs' scripts for shells ask with. */
const completionAsked = "--get-yargs-completions";

async function answer(words: readonly string[]): Promise<void> {
  if (words[0] === completionAsked) return answerShell(words.slice(1));
  refuseEmpty(words);
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
  await command.run(readValues(command, parseWords(row.name, command, rest)));
}

async function answerShell(words: readonly string[]): Promise<void> {
  const { candidatesText, complete } = await import("./complete.ts");
  writeData(candidatesText(await complete(words), /zsh/.test(process.env.SHELL ?? "")));
}

function refuseEmpty(words: readonly string[]): void {
  const empty = words.find((word) => word === "" || /^--[^=]+=$/.test(word));
  if (empty === undefined) return;
  const which = empty === "" ? "an argument" : empty.slice(0, -1);
  throw new UsageError(`${which} is empty: is a variable of your script not set?`);
}

function noCommand(words: readonly string[]): UsageError {
  const [first = ""] = words;
  if (first.startsWith("-"))
    return new UsageError(`${first} without a command: name one, 'lvsgen --help' shows them`);
  const names = commands.map(({ name }) => name);
  return new UsageError(
    `there is no command ${JSON.stringify(first)}: ${suggestion(first, names, "the commands are")}`,
  );
}
