import { topologySchema } from "../../../src/topology/schema.ts";

/** Values of an enumeration of the schema. */
export function valuesOf(definition: string, property?: string): readonly string[] {
  const node = topologySchema.definitions?.[definition];
  const values = property === undefined ? node?.enum : node?.properties?.[property]?.enum;
  return (values ?? []) as readonly string[];
}
