/**
 * Writes into the schema what the platform table says about operating systems: which ones there are, and which ones are
 * not run in any test. The rest of the schema is written by hand.
 */

import { documentedOnly, platforms } from "../src/platforms/platforms.ts";

export const schemaFile = "schemas/topology.schema.json";

const notRun = "Not run in tests: ";

/** @param text the current schema */
export function withSystems(text: string): string {
  const place =
    /("os": \{\s*"title": "operating system",\s*"description": ")([^"]*)(",\s*"enum": )\[[^\]]*\]/;
  if (!place.test(text)) throw new Error(`${schemaFile} has no list of operating systems`);
  const ids = [...platforms.keys()].map((id) => `        ${JSON.stringify(id)}`);
  return text.replace(place, (_, before: string, description: string, between: string) => {
    const [written = ""] = description.split(` ${notRun}`);
    return `${before}${written} ${notRun}${documentedOnly.join(", ")}.${between}[\n${ids.join(",\n")}\n      ]`;
  });
}
