/** What can be typed next, for the shell's completion. If nothing, the shell completes files. */

import { basename } from "node:path";
import { type Argument, type Command, dashed } from "./arguments.ts";
import { commands, findCommand } from "./commands.ts";
import { generalOptions } from "./general-options.ts";
import { languageOption } from "./language.ts";

export interface Candidate {
  readonly word: string;
  readonly describe: string;
}

/** @param words as bash, zsh and fish have them; the last one is being typed */
export async function complete(words: readonly string[]): Promise<readonly Candidate[]> {
  const own = basename(words[0] ?? "") === "lvsgen" ? words.slice(1) : words;
  const current = own.at(-1) ?? "";
  const before = own.slice(0, -1);
  const candidates = await candidatesFor(before, current);
  return candidates.filter(({ word }) => word.startsWith(current));
}

async function candidatesFor(before: readonly string[], current: string): Promise<readonly Candidate[]> {
  if (before.at(-1) === "--lang") return languageOption.choices.map(plain);
  const found = findCommand(before);
  if (found === null) return current.startsWith("-") ? generalOptions : commandNames();
  const command = await found.row.load();
  const { open, positionals, given } = follow(command, found.rest);
  if (open !== null) return valuesOf(open, current, positionals[0]);
  if (current.startsWith("-")) return optionsOf(command, given);
  const places = Object.values(command.positionals);
  const place = places[positionals.length] ?? places.findLast(({ kind }) => kind === "list");
  return place === undefined ? optionsOf(command, given) : valuesOf(place, current, positionals[0]);
}

function commandNames(): Candidate[] {
  return commands.map(({ name, describe }) => ({ word: name, describe }));
}

/** Reads the words before: the option that waits for its value, the positionals, the options. */
function follow(command: Command, words: readonly string[]) {
  let open: Argument | null = null;
  const positionals: string[] = [];
  const given = new Set<string>();
  for (const word of words) {
    // bash splits --name=value at the equals sign.
    if (word === "=") continue;
    if (open !== null) open = null;
    else if (word.startsWith("--")) {
      const [name = "", value] = word.slice(2).split("=", 2);
      const entry = Object.entries<Argument>({ ...command.options, lang: languageOption }).find(
        ([key]) => dashed(key) === name,
      );
      if (entry === undefined) continue;
      given.add(entry[0]);
      if (entry[1].kind !== "switch" && value === undefined) open = entry[1];
    } else positionals.push(word);
  }
  return { open, positionals, given };
}

async function valuesOf(argument: Argument, current: string, file: string | undefined): Promise<Candidate[]> {
  if (argument.kind === "choice") return argument.choices.map(plain);
  if (argument.kind === "switch" || argument.kind === "number") return [];
  const values = (await argument.suggest?.(file)) ?? [];
  // Words separated by commas, for --scenario.
  const begun = current.slice(0, current.lastIndexOf(",") + 1);
  return values.map((value) => plain(begun + value));
}

function plain(word: string): Candidate {
  return { word, describe: "" };
}

function optionsOf({ options }: Command, given: ReadonlySet<string>): Candidate[] {
  const left = Object.entries(options).filter(([key, { kind }]) => kind === "list" || !given.has(key));
  return [
    ...left.map(([key, argument]) => ({
      word:
        argument.kind === "switch" && argument.default === true ? `--no-${dashed(key)}` : `--${dashed(key)}`,
      describe: argument.describe,
    })),
    ...generalOptions,
  ];
}

/** For the shell's script: zsh shows the descriptions. */
export function candidatesText(candidates: readonly Candidate[], isZsh: boolean): string {
  const lines = candidates.map(({ word, describe }) => {
    if (!isZsh) return word;
    const escaped = word.replaceAll(":", "\\:");
    return describe === "" ? escaped : `${escaped}:${describe}`;
  });
  return lines.map((line) => `${line}\n`).join("");
}
