/** The schema's list of operating systems, from the rows of the platform table; the rest of the schema is written by hand. */

import { platforms } from "../src/platforms/platforms.ts";

export const schemaFile = "schemas/topology.schema.json";

/** @param text the schema as it stands */
export function withSystems(text: string): string {
  const list = /("os": \{\s*"title": "operating system",[^[\]]*?"enum": )\[[^\]]*\]/;
  if (!list.test(text)) throw new Error(`${schemaFile} has no list of operating systems`);
  const ids = [...platforms.keys()].map((id) => `        ${JSON.stringify(id)}`);
  return text.replace(list, (_, before: string) => `${before}[\n${ids.join(",\n")}\n      ]`);
}
