/**
 * Writes into the schema what the platform table says about operating systems: which ones there are, and which ones are
 * not run in any test; and a line about each. The rest of the schema is written by hand.
 */

import { documentedOnly, platforms } from "../src/platforms/platforms.ts";

export const schemaFile = "schemas/topology.schema.json";

const notRun = "Not run in tests: ";

/** @param text the current schema */
export function withSystems(text: string): string {
  const place =
    /("os": \{\s*"title": "operating system",\s*"description": ")([^"]*)(",\s*"enum": )\[[^\]]*\](?:,\s*"enumDescriptions": \[[^\]]*\])?/;
  if (!place.test(text)) throw new Error(`${schemaFile} has no list of operating systems`);
  const lines = (values: readonly string[]): string =>
    values.map((value) => `        ${JSON.stringify(value)}`).join(",\n");
  const about = [...platforms.values()].map(
    ({ title, kernel, inits, packageManager }) =>
      `${title}: kernel ${kernel}, ${inits.join(" or ")}, ${packageManager}.`,
  );
  return text.replace(place, (_, before: string, description: string, between: string) => {
    const [written = ""] = description.split(` ${notRun}`);
    return `${before}${written} ${notRun}${documentedOnly.join(", ")}.${between}[\n${lines([...platforms.keys()])}\n      ],\n      "enumDescriptions": [\n${lines(about)}\n      ]`;
  });
}
