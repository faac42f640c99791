/** The schema as data: for messages and hints, and for what a repair may drop. */

import schema from "../../schemas/topology.schema.json" with { type: "json" };
import { segmentsOf } from "../base/json-pointer.ts";

/** The parts of JSON Schema that the topology's uses. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

export const topologySchema: Schema = schema as Schema;

/** The schema that a `$ref` points to. */
export function resolve(node: Schema): Schema {
  if (node.$ref === undefined) return node;
  const name = node.$ref.slice("#/definitions/".length);
  const target = topologySchema.definitions?.[name];
  if (target === undefined) throw new Error(`the schema has no definition ${name}`);
  return resolve(target);
}

/** The schema of the place, or null where the topology has no such place. */
export function schemaAt(pointer: string): Schema | null {
  let node: Schema | null = topologySchema;
  for (const segment of segmentsOf(pointer)) node = node === null ? null : childSchema(node, segment);
  return node;
}

export function childSchema(node: Schema, segment: string): Schema | null {
  const { properties, additionalProperties, items } = node;
  if (properties !== undefined && Object.hasOwn(properties, segment))
    return resolve(properties[segment] ?? {});
  if (typeof additionalProperties === "object") return resolve(additionalProperties);
  return items === undefined ? null : resolve(items);
}
