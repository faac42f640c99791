import { topologySchema } from "../../../src/topology/schema.ts";

/** Values of an enumeration of the schema. */
export function valuesOf(definition: string, property?: string): readonly string[] {
  const node = topologySchema.definitions?.[definition];
  const values = property === undefined ? node?.enum : node?.properties?.[property]?.enum;
  return (values ?? []) as readonly string[];
}

/** A number if the text is one; otherwise the text itself, for the rules to judge. */
export function numberOf(text: string): string | number | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : trimmed;
}
