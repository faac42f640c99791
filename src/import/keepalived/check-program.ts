/** The program of a MISC_CHECK and its arguments: kept whole, or not at all, as half a command checks something else. */

import { say } from "../../languages/say.ts";
import { placeholdersOf } from "../../plan/check-command.ts";
import type { Notes } from "../notes.ts";
import {
  argumentForm,
  type CommandWord,
  maximumArguments,
  programForm,
  shellWord,
  splitCommand,
} from "./command-words.ts";
import { firstWord } from "./keywords.ts";
import type { Statement } from "./statements.ts";

/** The server that the check is of. */
export interface CheckedServer {
  readonly address: string;
  readonly port: number | null;
}

interface Program {
  readonly command: string;
  readonly arguments?: string[];
}

/**
 * The program as keepalived runs it: since 1.3 without a shell. The server's own address and port become placeholders,
 * so that all servers of a service have the same check.
 *
 * @returns null, with a note, where a topology cannot have all of it
 */
export function readProgram(statement: Statement, server: CheckedServer, notes: Notes): Program | null {
  const first = firstWord(statement, notes);
  const more = statement.words.slice(1).map(({ text }) => text);
  if (first === "") return null;
  const words = splitCommand(first);
  const problem = words === null ? say`quote without an end` : problemOf(words);
  if (words === null || problem !== null) {
    notes.leftOut(
      statement.place,
      say`${statement.keyword} ${first.slice(0, 60)}: ${problem}; the check is left out`,
      say`write a script that runs the whole command, and add a healthCheck with its path as command and {address} as argument`,
    );
    return null;
  }
  if (more.length > 0)
    notes.changed(
      statement.place,
      say`keepalived ignores what follows the first word (${more.join(" ").slice(0, 60)}); in the topology they are arguments`,
      say`remove them from the healthCheck's arguments if that is wrong`,
    );
  const [command = "", ...args] = words.map(({ text }) => text);
  const own = [...args, ...more].map((argument) => withPlaceholders(argument, server));
  return own.length === 0 ? { command } : { command, arguments: own };
}

function problemOf(words: readonly CommandWord[]): string | null {
  const [program, ...args] = words;
  if (!programForm.test(program?.text ?? "")) return say`not an absolute path`;
  const shell = shellWord(words);
  if (shell !== undefined) return say`${JSON.stringify(shell.text)} is for a shell, and keepalived uses none`;
  if (args.length > maximumArguments) return say`more than ${maximumArguments} arguments`;
  const odd = args.find(({ text }) => !argumentForm.test(text) || placeholdersOf(text).length > 0);
  return odd === undefined ? null : say`a topology cannot have the argument ${JSON.stringify(odd.text)}`;
}

/** A port is recognised as an argument, behind the address, or behind `port=`: elsewhere a number may be anything. */
function withPlaceholders(argument: string, { address, port }: CheckedServer): string {
  const named = argument.replace(addressIn(address), "{address}");
  if (port === null || port === 0) return named;
  if (named === String(port)) return "{port}";
  return named.replace(new RegExp(`(?<=\\{address\\}\\]?:|\\bport=)${port}(?!\\d)`, "gi"), "{port}");
}

/** Whole addresses: 192.0.2.2 is no part of 192.0.2.22, and fd00::2 none of fd00::2:1. */
function addressIn(address: string): RegExp {
  const part = address.includes(":") ? "[0-9a-f:]" : "[0-9.]";
  return new RegExp(`(?<!${part})${address.replaceAll(".", "\\.")}(?!${part})`, "gi");
}
