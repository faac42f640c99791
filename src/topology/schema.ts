/**
 * The schema as data: for messages and hints, and for what a repair may drop.
 *
 * The file describes topologies as people write them. Of an `anyOf` in it the first alternative is the long form, which
 * is all that lvsgen works with; the others are short forms (short-forms/expand.ts), as are the keys of
 * `patternProperties`, which people may use for themselves.
 */

import schema from "../../schemas/topology.schema.json" with { type: "json" };
import { segmentsOf } from "../base/json-pointer.ts";

/** The parts of JSON Schema that the topology's uses. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  /**
   * What each of `enum` means, in its order: the language servers of JSON and YAML show it; validators ignore it. The
   * command line is built without (scripts/build.ts).
   */
  readonly enumDescriptions?: readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

/** With short forms. */
export const writtenSchema: Schema = schema as Schema;

/** Without short forms. */
export const topologySchema: Schema = longForm(writtenSchema) as Schema;

function longForm(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(longForm);
  if (typeof node !== "object" || node === null) return node;
  const { anyOf: [long] = [], ...rest } = node as Schema;
  const { anyOf: _, patternProperties: __, ...own } = { ...rest, ...long };
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, longForm(value)]));
}

/** Definitions of the short forms that a value of this schema, with short forms, may have. */
export function shortForms({ anyOf = [] }: Schema): string[] {
  return anyOf.slice(1).flatMap(({ $ref }) => $ref?.slice(definitionsPath.length) ?? []);
}

const definitionsPath = "#/definitions/";

/** The schema, with short forms, of a value inside of one that has this schema; null: there is none. */
export function childOf(node: Schema, segment: string): Schema | null {
  const [long] = node.anyOf ?? [];
  const around = long === undefined ? node : resolve(long, writtenSchema);
  return childSchema(around, segment, writtenSchema);
}

/** The schema that a `$ref` points to. */
export function resolve(node: Schema, root = topologySchema): Schema {
  if (node.$ref === undefined) return node;
  const name = node.$ref.slice(definitionsPath.length);
  const target = root.definitions?.[name];
  if (target === undefined) throw new Error(`the schema has no definition ${name}`);
  return resolve(target, root);
}

/** The schema of the place, or null where the topology has no such place. */
export function schemaAt(pointer: string): Schema | null {
  let node: Schema | null = topologySchema;
  for (const segment of segmentsOf(pointer)) node = node === null ? null : childSchema(node, segment);
  return node;
}

export function childSchema(node: Schema, segment: string, root = topologySchema): Schema | null {
  const { properties, additionalProperties, items } = node;
  if (properties !== undefined && Object.hasOwn(properties, segment))
    return resolve(properties[segment] ?? {}, root);
  if (typeof additionalProperties === "object") return resolve(additionalProperties, root);
  return items === undefined ? null : resolve(items, root);
}
