/**
 * A program with its arguments as one value of keepalived.conf. keepalived (2.0.6 to 2.3: lib/parser.c,
 * alloc_strvec_quoted_escaped()) takes the quotes off twice: first those of the line, then those of each argument. So
 * the whole is in double quotes, an argument in single quotes, and what is special to one of the two, or to what reads
 * the line before (comments, braces, parameters), is an octal escape whose backslash is escaped itself.
 */

/** Characters that no reader of the line changes. */
const plain = /^[A-Za-z0-9_./:%+,@=?&~-]+$/;

const special = /['"\\#!${}]/g;

/**
 * Characters of the value that keepalived takes for sure: it reads lines of at most 1023 bytes (lib/parser.h, MAXBUF)
 * and cuts longer ones in two; 2.2.7 crashes on what is left.
 */
export const longestCommand = 1000;

/** Whether an argument needs quotes of its own, which keepalived knows from 2.0.6 on. */
export function needsQuotes(argument: string): boolean {
  return !plain.test(argument);
}

/** @param words the program and its arguments: printable ASCII, none empty */
export function keepalivedCommand([program = "", ...args]: readonly string[]): string {
  return args.length === 0 ? program : `"${[program, ...args.map((each) => quoted(each))].join(" ")}"`;
}

function quoted(argument: string): string {
  if (!needsQuotes(argument)) return argument;
  return `'${argument.replace(special, (sign) => `\\\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}`)}'`;
}
