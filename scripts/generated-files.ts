/** What is generated from the schema, the rules, the commands and the examples. */

import { readFileSync } from "node:fs";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import { pictureOf } from "../src/graph/picture.ts";
import { svgOf } from "../src/graph/svg/svg.ts";
import type { Topology } from "../src/topology/input.generated.ts";
import { normalize } from "../src/topology/normalize.ts";
import { topologySchema } from "../src/topology/schema.ts";
import { commandLines } from "./command-line.ts";
import { commandsPage } from "./commands-page.ts";
import { manPage } from "./man-page.ts";
import { platformsPage } from "./platforms-page.ts";
import { reportSchemas } from "./report-schemas.ts";
import { reportsPage } from "./reports-page.ts";
import { rulesPage } from "./rules-page.ts";
import { schemaFile } from "./schema-systems.ts";
import { topologyPage } from "./topology-page.ts";

/** One row per generated file: its path, and a function that makes its text. */
export const generatedFiles: Readonly<Record<string, () => Promise<string>>> = {
  "src/topology/input.generated.ts": inputTypes,
  "docs/rules.md": async () => rulesPage(),
  "docs/platforms.md": async () => platformsPage(),
  "docs/topology.md": async () => topologyPage(),
  "docs/commands.md": async () => commandsPage(await commandLines()),
  "man/lvsgen.1": async () => manPage(await commandLines(), readFileSync("CHANGELOG.md", "utf8")),
  "docs/json.md": async () => reportsPage(),
  ...Object.fromEntries(
    [...reportSchemas()].map(([name, schema]) => [
      `schemas/reports/${name}.schema.json`,
      async () => `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  ),
  "docs/pi-lab.svg": async () => picturePage("examples/pi-lab/topology.json"),
};

/** Without the validators, which are built later: the example's own tests validate it. */
function picturePage(file: string): string {
  const topology = JSON.parse(readFileSync(file, "utf8")) as Topology;
  return svgOf(pictureOf(normalize(topology, () => null)));
}

async function inputTypes(): Promise<string> {
  const schema = JSON.parse(
    JSON.stringify({ ...topologySchema, $id: undefined }),
    withoutLeafTitle,
  ) as JSONSchema;
  return compile(schema, "Topology", {
    additionalProperties: false,
    // Tuples for minItems and maxItems would make every list a union of lengths.
    ignoreMinAndMaxItems: true,
    bannerComment: `/* Generated from ${schemaFile} by npm run generate; do not edit. */`,
    style: { printWidth: 110 },
  });
}

/** Titles become names of types. Those of strings and numbers are for error messages, and would make too many types. */
function withoutLeafTitle(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("title" in value) || "properties" in value)
    return value;
  const { title: _title, ...rest } = value;
  return rest;
}
