/**
 * How a value is written into each kind of artifact. Every helper throws on undefined, null and the empty string:
 * Handlebars would silently print nothing.
 */

import { quoteWord } from "../base/quote-word.ts";
import { UserFault } from "../base/user-fault.ts";

/** A word for a POSIX shell. */
export function shellWord(value: unknown): string {
  const text = textOf(value);
  if (text.includes("\0")) throw new RenderError("a shell word cannot hold a NUL byte");
  return quoteWord(text);
}

/** One line of a comment: control characters and line separators become spaces. */
export function commentText(value: unknown): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to keep out
  return textOf(value).replace(/[\u0000-\u001f\u007f\u0080-\u009f\u2028\u2029]+/g, " ");
}

/** Text for the inside of a quoted string of any language: refused unless it is harmless in all of them. */
export function plainText(value: unknown): string {
  return matching(value, /^[A-Za-z0-9 ,.:;()'/-]+$/, "plain text");
}

/** A name that is part of the program: letters, digits and underscores. */
export function identifier(value: unknown): string {
  return matching(value, /^[a-z][a-z0-9_]*$/, "an identifier");
}

/** A rule in ipvsadm's words, for the inside of a quoted block. */
export function ipvsRule(value: unknown): string {
  return matching(value, /^-[A-Za-z0-9.:,[\]% -]+$/, "an ipvsadm rule");
}

/** A rule in iptables' words after family and table, for the inside of a quoted block. */
export function iptablesRule(value: unknown): string {
  return matching(value, /^[46] [a-z]+ -A [A-Za-z0-9.:,!/ -]+$/, "an iptables rule");
}

/** A line in nft's language, for the inside of a quoted block. */
export function nftLine(value: unknown): string {
  return matching(value, /^[A-Za-z0-9_.:;,{}()&|!= -]+$/, "a line for nft");
}

/** What a firewall must allow, for the inside of a quoted block. */
export function openingLine(value: unknown): string {
  return matching(value, /^allow [a-z0-9 .:,-]+$/, "an opening");
}

/** A path, file name, program or package name for a table of words: nothing that a shell or systemd would change. */
export function plainPath(value: unknown): string {
  return matching(value, /^[A-Za-z0-9_/][A-Za-z0-9_./+-]*$/, "a plain path");
}

/** A directive's name in a unit. */
export function directiveName(value: unknown): string {
  return matching(value, /^[A-Z][A-Za-z]*$/, "a directive");
}

/** A value of a systemd unit: `%` and `\` doubled, no line breaks (systemd.unit(5), systemd.syntax(7)). */
export function systemdValue(value: unknown): string {
  const text = matching(value, /^[^\n\r\0]+$/, "a line");
  return text.replaceAll("\\", "\\\\").replaceAll("%", "%%").replaceAll("$", "$$$$");
}

/**
 * A word of keepalived.conf, without quotes, whose rules differ between versions. Characters that are special to
 * keepalived are refused: comments (! and #), blocks, quotes, and at the beginning of a word conditions (@), parameters
 * ($) and sequences (~).
 */
export function keepalivedWord(value: unknown): string {
  return matching(value, /^[A-Za-z0-9_./:%+,-][A-Za-z0-9_./:%+,@=?&~-]*$/, "a word of keepalived.conf");
}

/** A keyword of keepalived.conf. */
export function keepalivedName(value: unknown): string {
  return matching(value, /^[A-Za-z][A-Za-z_0-9]*$/, "a keyword of keepalived.conf");
}

/** An argument of a program that keepalived runs. */
export function printableText(value: unknown): string {
  return matching(value, /^[ -~]+$/, "printable ASCII");
}

/** A number, an address or a keyword of bird.conf. */
export function birdWord(value: unknown): string {
  return matching(value, /^[A-Za-z0-9_./:]+$/, "a word of bird.conf");
}

/** A string of bird.conf, which knows no escapes (conf/cf-lex.l). */
export function birdString(value: unknown): string {
  return `"${matching(value, /^[ !#-~]+$/, "a string of bird.conf")}"`;
}

/** An error in a template or in its values. */
export class RenderError extends UserFault {
  override readonly name = "RenderError";
  override readonly kind = "template";
}

function matching(value: unknown, pattern: RegExp, what: string): string {
  const text = textOf(value);
  if (!pattern.test(text)) throw new RenderError(`${JSON.stringify(text)} is not ${what}`);
  return text;
}

/** @throws RenderError for what is neither a number nor a text with something in it. */
export function textOf(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "string" && value !== "") return value;
  throw new RenderError(`a template uses a value that is ${value === "" ? "empty" : String(value)}`);
}
