/** A command as keepalived splits it into words (keepalived.conf(5), "Quoted strings"). */

import { say } from "../../languages/say.ts";

export interface CommandWord {
  readonly text: string;
  /** Those of its characters that are neither quoted nor escaped. */
  readonly bare: string;
}

/** Ranges of the schema. */
export const programForm = /^\/[A-Za-z0-9._/-]{1,254}$/;
export const argumentForm = /^[ -~]{1,255}$/;
export const maximumArguments = 64;

/** Redirections, pipes, several commands, variables and substitutions. A & inside a word may be a URL's. */
const shellSyntax = /[|;<>`$]|&&|&$/;

/** The first word that only a shell understands. */
export function shellWord(words: readonly CommandWord[]): CommandWord | undefined {
  return words.find(({ bare }) => shellSyntax.test(bare));
}

/** Why a topology cannot have the program with these arguments; null: it can. */
export function programProblem(command: string, args: readonly string[]): string | null {
  if (!programForm.test(command)) return say`not an absolute path`;
  if (args.length > maximumArguments) return say`more than ${maximumArguments} arguments`;
  const odd = args.find((argument) => !argumentForm.test(argument));
  return odd === undefined ? null : say`a topology cannot have the argument ${JSON.stringify(odd)}`;
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** A piece of a command: an escape, a quoted text, a gap or a plain character. */
const piece = /\\(x[0-9A-Fa-f]+|c.|[0-7]{1,3}|.)|(["'])((?:\\.|(?!\2)[^\\])*)\2|([ \t]+)|([^\\"'])/gsy;

/** @returns null: a quote or an escape has no end */
export function splitCommand(command: string): CommandWord[] | null {
  const words: CommandWord[] = [];
  let word: CommandWord | null = null;
  const add = (text: string, bare = "") => {
    word = { text: (word?.text ?? "") + text, bare: (word?.bare ?? "") + bare };
  };
  const finish = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  let end = 0;
  for (const match of command.matchAll(piece)) {
    const [text, sign, , quoted, gap, plain] = match;
    end = match.index + text.length;
    if (gap !== undefined) finish();
    else if (plain !== undefined) add(plain, plain);
    else add(sign === undefined ? unescaped(quoted ?? "") : characterOf(sign));
  }
  finish();
  return end === command.length ? words : null;
}

function unescaped(quoted: string): string {
  return quoted.replace(/\\(x[0-9A-Fa-f]+|c.|[0-7]{1,3}|.)/gs, (_, sign: string) => characterOf(sign));
}

/** @param sign what follows the backslash */
function characterOf(sign: string): string {
  if (/^x./.test(sign)) return String.fromCharCode(Number.parseInt(sign.slice(-2), 16));
  if (/^c./.test(sign)) return String.fromCharCode(sign.charCodeAt(1) & 0x1f);
  if (/^[0-7]/.test(sign)) return String.fromCharCode(Number.parseInt(sign, 8) & 0xff);
  return escapes[sign] ?? sign;
}
