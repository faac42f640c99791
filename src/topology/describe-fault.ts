/** A schema fault -> a sentence for people: one row for each keyword of JSON Schema that the topology's schema uses. */

import { listed } from "../base/counted.ts";
import { parentOf, segmentsOf } from "../base/json-pointer.ts";
import { printable } from "../base/printable.ts";
import { didYouMean, suggestion } from "../base/suggest.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import { suggestSystem } from "../platforms/suggest-system.ts";
import { canonicalIp, familyOf, parseCidr } from "./addresses.ts";
import type { Finding } from "./diagnostics.ts";
import type { FaultCode } from "./explain/fault-codes.ts";
import { keyHere, nameHere } from "./other-names.ts";
import { resolve, type Schema, schemaAt, topologySchema } from "./schema.ts";
import type { Fault } from "./validate-schema.ts";

interface Words {
  readonly code: FaultCode;
  readonly message: string;
  readonly hint: string;
}

interface Case extends Fault {
  /** The last of its place. */
  readonly key: string;
}

const rows: Readonly<Record<string, (fault: Case) => Words>> = {
  additionalProperties: unknownKey,
  required: missingKey,
  type: wrongType,
  enum: notInList,
  const: notTheOne,
  pattern: notOfForm,
  format: notOfForm,
  minimum: ({ value, schema, params }) =>
    refused(say`${show(value)} is too small`, say`${titleOf(schema)}: at least ${params.limit}`),
  maximum: ({ value, schema, params }) =>
    refused(say`${show(value)} is too large`, say`${titleOf(schema)}: at most ${params.limit}`),
  maxLength: ({ schema, params }) =>
    refused(say`the ${titleOf(schema)} is too long`, say`use at most ${params.limit} characters`),
  minItems: ({ key, schema }) => refused(say`${show(key)} is empty`, exampleOf(schema)),
  maxItems: ({ key, params }) =>
    refused(say`${show(key)} has too many entries`, say`use at most ${params.limit}`),
  minProperties: ({ key, schema }) => refused(say`${show(key)} is empty`, exampleOf(schema)),
  maxProperties: ({ key, schema }) =>
    refused(say`${show(key)} has too many keys`, say`use one of ${listed(keysOf(schema))}`),
};

export function describeFault(fault: Fault): Finding {
  const { pointer, keyword, schema, wrongName } = fault;
  const key = segmentsOf(pointer).at(-1) ?? "";
  const words = rows[keyword]?.({ ...fault, key }) ?? refused(say`value not allowed here`, exampleOf(schema));
  return { ...words, severity: "error", pointer, atKey: wrongName || keyword === "additionalProperties" };
}

function refused(message: string, hint: string): Words {
  return { code: "LVS013", message, hint };
}

function unknownKey({ key, schema }: Case): Words {
  const known = keysOf(schema);
  return {
    code: "LVS010",
    message: say`unknown key ${show(key)}`,
    hint: spaceHint(key, known) ?? otherName(key, known) ?? suggestion(key, known, say`the keys here are`),
  };
}

function otherName(key: string, known: readonly string[]): string | null {
  const here = keyHere(key, known);
  return here === null ? null : didYouMean(here);
}

/** `{port:80}`: YAML reads a key without a space after its colon as one text. */
function spaceHint(key: string, known: readonly string[]): string | null {
  const colon = key.indexOf(":");
  return colon > 0 && known.includes(key.slice(0, colon))
    ? say`add a space after the colon: ${spaced(key, colon)}`
    : null;
}

function hintForType(value: unknown, wanted: readonly string[], schema: Schema): string {
  const space = typeof value === "string" ? spaceHint(value, keysOf(schema)) : null;
  return space ?? quoteHint(value, wanted) ?? exampleOf(schema);
}

function spaced(text: string, colon: number): string {
  return show(`${text.slice(0, colon)}: ${text.slice(colon + 1)}`);
}

function notTheOne({ value, schema }: Case): Words {
  const wanted = show(schema.const);
  const hint = String(value) === wanted ? say`write ${wanted} without quotes` : say`use ${wanted}`;
  return refused(say`unknown ${titleOf(schema)} ${show(value)}`, hint);
}

function missingKey({ key, schema, pointer }: Case): Words {
  const wanted = schemaAt(pointer) ?? resolve(schema.properties?.[key] ?? {});
  const message =
    parentOf(pointer) === ""
      ? say`the topology has no ${show(key)}`
      : say`this ${titleOf(schema)} has no ${show(key)}`;
  return { code: "LVS011", message, hint: say`add it, ${exampleOf(wanted)}` };
}

function wrongType({ value, schema }: Case): Words {
  const wanted = [schema.type ?? []].flat();
  const types = wanted.map((name) => inLanguage(typeNames[name] ?? name));
  const message = say`expected ${listed(types, "or")}, found ${typeOf(value)}`;
  return { code: "LVS012", message, hint: hintForType(value, wanted, schema) };
}

/** Missing quotes or needless ones: the commonest of these faults. */
function quoteHint(value: unknown, wanted: readonly string[]): string | null {
  const numeric = wanted.includes("integer") || wanted.includes("number");
  if (typeof value === "string" && numeric && /^-?[0-9]+$/.test(value))
    return say`write ${value} without quotes`;
  if (typeof value === "string" && wanted.includes("boolean") && /^(true|false)$/.test(value)) {
    return say`write ${value} without quotes`;
  }
  if (typeof value === "number" && wanted.includes("string")) return say`write it in quotes`;
  return null;
}

function notInList({ value, schema }: Case): Words {
  if (typeof value === "string" && schema.title === topologySchema.definitions?.os?.title)
    return refused(say`unknown ${titleOf(schema)} ${show(value)}`, suggestSystem(value));
  const choices = (schema.enum ?? []).map(String);
  const hint =
    typeof value === "string" ? choiceHint(value, schema, choices) : say`choose one of: ${listed(choices)}`;
  return refused(say`unknown ${titleOf(schema)} ${show(value)}`, hint);
}

function choiceHint(value: string, schema: Schema, choices: readonly string[]): string {
  const here = nameHere(schema.title ?? "", value);
  return here === null ? suggestion(value, choices, say`choose one of`) : didYouMean(here);
}

function notOfForm({ value, schema }: Case): Words {
  return (
    (typeof value === "string" ? prefixWords(value, schema) : null) ??
    refused(say`${show(value)} is not a valid ${titleOf(schema)}`, describe(schema))
  );
}

/** An address that only has, or lacks, a prefix length. */
function prefixWords(value: string, { format }: Schema): Words | null {
  if (format === "cidr" && canonicalIp(value) !== null) {
    const example = `${value}/${familyOf(value) === 4 ? 24 : 64}`;
    return refused(say`${show(value)} has no prefix length`, say`add it, for example ${show(example)}`);
  }
  const cidr = format === "ip" ? parseCidr(value) : null;
  if (cidr === null) return null;
  return refused(say`${show(value)} must not have a prefix length`, say`write ${show(value.split("/")[0])}`);
}

const typeNames: Readonly<Record<string, string>> = {
  string: phrase`a string`,
  integer: phrase`a whole number`,
  number: phrase`a number`,
  boolean: phrase`true or false`,
  object: phrase`an object`,
  array: phrase`a list`,
};

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return say`a list`;
  if (typeof value === "object") return say`an object`;
  if (typeof value === "string") return say`the string ${show(value)}`;
  return typeof value === "number" ? say`the number ${show(value)}` : say`the boolean ${show(value)}`;
}

/** As JSON, which keeps control characters out of the terminal; cut to a line's length. */
function show(value: unknown): string {
  const text = printable(JSON.stringify(value) ?? "nothing", escaped);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function titleOf(schema: Schema): string {
  return schema.title === undefined ? say`value` : inLanguage(schema.title);
}

function keysOf(schema: Schema): string[] {
  return Object.keys(schema.properties ?? {});
}

/** What the value is, with an example. */
function describe({ description = "", examples: [example] = [] }: Schema): string {
  const words = inLanguage(description);
  return example === undefined ? words : say`${words} Example: ${JSON.stringify(example)}`;
}

function exampleOf(schema: Schema): string {
  const [example] = schema.examples ?? [];
  if (example !== undefined) return say`for example ${JSON.stringify(example)}`;
  return schema.description === undefined ? say`see the schema` : inLanguage(schema.description);
}
