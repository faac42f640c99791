/** The schema of a place in a topology. */

import { childSchema, resolve, type Schema, topologySchema } from "../../../src/topology/schema.ts";
import { jsonSpot, type Spot, yamlSpot } from "./schema-path.ts";

export type Kind = "json" | "yaml";

export function spotAt(kind: Kind, before: string): Spot | null {
  return kind === "json" ? jsonSpot(before) : yamlSpot(before);
}

export function schemaOf(path: Spot["path"]): Schema | null {
  let node: Schema | null = topologySchema;
  for (const segment of path) node = node === null ? null : childSchema(node, String(segment));
  return node;
}

/** A property's own description comes before that of the schema that it refers to. */
export function propertyOf(parent: Schema | null, key: string): Schema | null {
  const own = parent?.properties?.[key];
  return own === undefined
    ? null
    : { ...resolve(own), ...(own.description === undefined ? {} : { description: own.description }) };
}
