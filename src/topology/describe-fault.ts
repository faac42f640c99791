/** A schema fault -> a sentence for people. One row a keyword of JSON Schema that the topology's schema uses. */

import { parentOf, segmentsOf } from "../base/json-pointer.ts";
import { printable } from "../base/printable.ts";
import { suggestion } from "../base/suggest.ts";
import { suggestSystem } from "../platforms/suggest-system.ts";
import type { Finding } from "./diagnostics.ts";
import type { FaultCode } from "./explain/fault-codes.ts";
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
  const: ({ value, schema }) =>
    refused(`${show(value)} is no ${titleOf(schema)} that this lvsgen knows`, `it is ${show(schema.const)}`),
  pattern: notOfForm,
  format: notOfForm,
  minimum: ({ value, schema, params }) =>
    refused(`${show(value)} is too small`, `${titleOf(schema)}: at least ${params.limit}`),
  maximum: ({ value, schema, params }) =>
    refused(`${show(value)} is too large`, `${titleOf(schema)}: at most ${params.limit}`),
  maxLength: ({ schema, params }) =>
    refused("this text is too long", `${titleOf(schema)}: at most ${params.limit} characters`),
  minItems: ({ key, schema }) => refused(`${show(key)} is empty`, exampleOf(schema)),
  maxItems: ({ key, params }) => refused(`${show(key)} has too many entries`, `at most ${params.limit}`),
  minProperties: ({ key, schema }) => refused(`${show(key)} is empty`, exampleOf(schema)),
  maxProperties: ({ key, schema }) =>
    refused(`${show(key)} has too many keys`, `give one of ${keysOf(schema).join(", ")}`),
};

export function describeFault(fault: Fault): Finding {
  const { pointer, keyword, schema, wrongName } = fault;
  const key = segmentsOf(pointer).at(-1) ?? "";
  const words = rows[keyword]?.({ ...fault, key }) ?? refused("this value is not allowed", exampleOf(schema));
  return { ...words, severity: "error", pointer, atKey: wrongName || keyword === "additionalProperties" };
}

function refused(message: string, hint: string): Words {
  return { code: "LVS013", message, hint };
}

function unknownKey({ key, schema }: Case): Words {
  return {
    code: "LVS010",
    message: `unknown key ${show(key)}`,
    hint: suggestion(key, keysOf(schema), "the keys here are"),
  };
}

function missingKey({ key, schema, pointer }: Case): Words {
  const wanted = schemaAt(pointer) ?? resolve(schema.properties?.[key] ?? {});
  const where = parentOf(pointer) === "" ? "the topology" : `this ${titleOf(schema)}`;
  return { code: "LVS011", message: `${where} has no ${show(key)}`, hint: `add it: ${exampleOf(wanted)}` };
}

function wrongType({ value, schema }: Case): Words {
  const wanted = [schema.type ?? []].flat();
  const message = `this must be ${wanted.map((name) => typeNames[name] ?? name).join(" or ")}, not ${typeOf(value)}`;
  return { code: "LVS012", message, hint: quoteHint(value, wanted) ?? exampleOf(schema) };
}

/** Quotes that are missing or too many, the commonest of all. */
function quoteHint(value: unknown, wanted: readonly string[]): string | null {
  const numeric = wanted.includes("integer") || wanted.includes("number");
  if (typeof value === "string" && numeric && /^-?[0-9]+$/.test(value))
    return `write ${value} without quotes`;
  if (typeof value === "string" && wanted.includes("boolean") && /^(true|false)$/.test(value)) {
    return `write ${value} without quotes`;
  }
  if (typeof value === "number" && wanted.includes("string")) return "write it in quotes";
  return null;
}

function notInList({ value, schema }: Case): Words {
  if (typeof value === "string" && schema.title === topologySchema.definitions?.os?.title)
    return refused(`${show(value)} is no ${titleOf(schema)} that this lvsgen knows`, suggestSystem(value));
  const choices = (schema.enum ?? []).map(String);
  const hint =
    typeof value === "string"
      ? suggestion(value, choices, "choose one of")
      : `choose one of: ${choices.join(", ")}`;
  return refused(`${show(value)} is no ${titleOf(schema)}`, hint);
}

function notOfForm({ value, schema }: Case): Words {
  return refused(
    `${show(value)} is no valid ${titleOf(schema)}`,
    `${schema.description ?? ""} ${exampleOf(schema)}`.trim(),
  );
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `the ${typeof value} ${show(value)}`;
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
  return schema.title ?? "value";
}

function keysOf(schema: Schema): string[] {
  return Object.keys(schema.properties ?? {});
}

function exampleOf(schema: Schema): string {
  const [example] = schema.examples ?? [];
  return example === undefined
    ? (schema.description ?? "see the schema")
    : `for example ${JSON.stringify(example)}`;
}
