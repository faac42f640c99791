/** Words -> fields, in the shell's order: braces, then parameters and commands, then split at blanks; quotes go last. */

import { type DoubleQuotedChild, parse, type Word, type WordPart } from "unbash";
import type { Place } from "../place.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { expandBraces } from "./braces.ts";
import { type Machine, outputOf } from "./machine.ts";
import { type Parameter, parameterValue, simpleParameter } from "./parameters.ts";
import { isText, isUnknown, joined, type Text, unknown } from "./values.ts";

/** Words of a command or of a loop. */
export function fieldsOf(words: readonly Word[], machine: Machine, place: Place): Text[] {
  const fields = new Fields(separators(machine));
  for (const word of words.flatMap(withoutBraces)) {
    for (const part of partsOf(word)) addPart(part, fields, machine, place);
    fields.end();
  }
  return fields.all;
}

/** One text, as on the right of `=`: nothing is split. */
export function textOf(word: Word, machine: Machine, place: Place): Text {
  return joined(
    partsOf(word).map((part) => {
      if (part.type === "DoubleQuoted" || part.type === "LocaleString")
        return joined(part.parts.map((each) => single(each, machine, place)));
      return single(part, machine, place);
    }),
  );
}

/** Of a here-document. */
export function partsText(parts: readonly WordPart[], machine: Machine, place: Place): Text {
  return joined(parts.map((part) => single(part, machine, place)));
}

function partsOf(word: Word): readonly WordPart[] {
  return (
    word.parts ?? [{ type: "Literal", pos: word.pos, end: word.end, text: word.text, value: word.value }]
  );
}

function withoutBraces(word: Word): Word[] {
  if (!(word.parts ?? []).some(({ type }) => type === "BraceExpansion")) return [word];
  return expandBraces(word.text).flatMap((text) => {
    const command = parse(`: ${text}`).commands[0]?.command;
    const suffix = command?.type === "Command" ? command.suffix : [];
    return suffix.flatMap((each) => (each.type === "Word" ? each : []));
  });
}

function separators(machine: Machine): string {
  const value = machine.variables.get("IFS");
  return isText(value) ? value : " \t\n";
}

/** Fields that grow part by part. */
class Fields {
  readonly all: Text[] = [];
  readonly #separators: string;
  #open: Text | null = null;

  constructor(between: string) {
    this.#separators = between;
  }

  /** Goes on in the field that is open. */
  add(text: Text): void {
    this.#open = joined([this.#open ?? "", text]);
  }

  end(): void {
    if (this.#open !== null) this.all.push(this.#open);
    this.#open = null;
  }

  addSplit(text: Text): void {
    const parts = isUnknown(text) ? [text] : splitFields(text, this.#separators);
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.end();
      // A separator at the front or the end closes a field, and makes none.
      if (part !== null) this.add(part);
    }
  }
}

/** null before a separator at the front, and after one at the end. */
function splitFields(text: string, between: string): (string | null)[] {
  if (between === "" || text === "") return text === "" ? [null] : [text];
  const blanks = [...between].filter((each) => /\s/.test(each)).join("");
  const others = [...between].filter((each) => !/\s/.test(each)).join("");
  const set = (characters: string) => `[${characters.replaceAll(/[\\\]^-]/g, "\\$&")}]`;
  const blank = blanks === "" ? "" : `${set(blanks)}*`;
  const separator =
    others === ""
      ? `${set(blanks)}+`
      : `${blank}${set(others)}${blank}${blanks === "" ? "" : `|${set(blanks)}+`}`;
  const parts: (string | null)[] = text.split(new RegExp(separator, "u"));
  const beginsBlank = blanks.includes(text[0] ?? "");
  if (parts[0] === "" && (others === "" || beginsBlank)) parts[0] = null;
  if (parts.length > 1 && parts.at(-1) === "") parts[parts.length - 1] = null;
  return parts;
}

function addPart(part: WordPart, fields: Fields, machine: Machine, place: Place): void {
  if (part.type === "DoubleQuoted" || part.type === "LocaleString") {
    if (part.parts.every((each) => !isSeparate(each))) fields.add("");
    for (const each of part.parts) addQuoted(each, fields, machine, place);
    return;
  }
  const value = partValue(part, machine, place);
  if (isSeveral(value)) {
    for (const [index, each] of value.separate.entries()) {
      if (index > 0) fields.end();
      fields.addSplit(each);
    }
  } else if (isLiteral(part)) fields.add(value);
  else fields.addSplit(value);
}

/** `"$@"` of nothing is no word at all; `""` is one. */
function isSeparate(part: DoubleQuotedChild): boolean {
  return /^\$(@|\{[@A-Za-z_].*@)/.test(part.type === "Literal" ? "" : part.text);
}

function addQuoted(part: DoubleQuotedChild, fields: Fields, machine: Machine, place: Place): void {
  const value = partValue(part, machine, place);
  if (!isSeveral(value)) fields.add(value);
  else if (value.isJoined) fields.add(joined(value.separate, separators(machine).slice(0, 1)));
  else
    for (const [index, each] of value.separate.entries()) {
      if (index > 0) fields.end();
      fields.add(each);
    }
}

function isSeveral(value: Parameter): value is Extract<Parameter, { separate: unknown }> {
  return typeof value === "object" && "separate" in value;
}

function isLiteral({ type }: WordPart): boolean {
  return !["SimpleExpansion", "ParameterExpansion", "CommandExpansion", "ArithmeticExpansion"].includes(type);
}

function single(part: WordPart, machine: Machine, place: Place): Text {
  const value = partValue(part, machine, place);
  return isSeveral(value) ? joined(value.separate, " ") : value;
}

function partValue(part: WordPart, machine: Machine, place: Place): Parameter {
  switch (part.type) {
    case "SimpleExpansion":
      return simpleParameter(part.text, machine);
    case "ParameterExpansion":
      return parameterValue(part, machine, place);
    case "CommandExpansion":
      return part.script === undefined
        ? unknown(part.text)
        : named(outputOf(part.script, machine, place), part.text);
    case "ArithmeticExpansion": {
      const value = arithmeticValue(part.expression, machine, place);
      return value === null ? unknown(part.text) : String(value);
    }
    case "ProcessSubstitution":
      return unknown(part.text);
    case "DoubleQuoted":
    case "LocaleString":
      return joined(part.parts.map((each) => single(each, machine, place)));
    case "ExtendedGlob":
    case "BraceExpansion":
      return part.text;
    default:
      return part.value;
  }
}

/** By what the script has, not by what is unknown in it. */
function named(text: Text, what: string): Text {
  return isUnknown(text) ? unknown(what, false) : text;
}
