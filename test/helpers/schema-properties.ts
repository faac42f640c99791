/** The topology's schema as a list of its properties. */

import { resolve, type Schema } from "../../src/topology/schema.ts";

export interface Property {
  /** Keys from the top with dots between, `*` for entries. */
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** Every property below a schema, in its order. */
export function propertiesOf(node: Schema, path = ""): Property[] {
  const { properties: own = {}, additionalProperties, items, required = [] } = resolve(node);
  const named = Object.entries(own).flatMap(([key, child]) => [
    { path: `${path}${key}`, schema: resolve(child), required: required.includes(key) },
    ...propertiesOf(child, `${path}${key}.`),
  ]);
  const entries = [additionalProperties, items].filter((child) => typeof child === "object");
  return [...named, ...entries.flatMap((child) => propertiesOf(child, `${path}*.`))];
}
