/** schemas/reports: a JSON Schema of each command's JSON, from its types and their doc comments. */

import { createGenerator } from "ts-json-schema-generator";
import { type Reports, reportVersion } from "../src/commands/reports.ts";

/** The part of a schema that this script reads. */
export interface ReportSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ReportSchema[];
  readonly items?: ReportSchema;
  readonly properties?: Readonly<Record<string, ReportSchema>>;
  readonly additionalProperties?: boolean | ReportSchema;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, ReportSchema>>;
}

const version: ReportSchema = { const: reportVersion, description: "Of this schema." };

/** Reports never contain the text of a secret. */
const hidden: ReportSchema = { type: "string", description: "Says that there is one, but not its text." };

/** By the report's name, `plan` and the like. */
export function reportSchemas(): ReadonlyMap<keyof Reports, ReportSchema> {
  const generator = createGenerator({
    path: "src/commands/reports.ts",
    tsconfig: "tsconfig.json",
    skipTypeCheck: true,
    // Programs must accept reports with more properties.
    additionalProperties: true,
    topRef: false,
  });
  const { properties = {}, definitions = {} } = generator.createSchema("Reports") as ReportSchema;
  const all = { ...definitions, Secret: hidden };
  return new Map(
    Object.entries(properties).map(([name, { $ref = "" }]) => [
      name as keyof Reports,
      schemaOf(definitionName($ref), all),
    ]),
  );
}

function schemaOf(root: string, all: Readonly<Record<string, ReportSchema>>): ReportSchema {
  const { properties, required = [], ...rest } = all[root] ?? {};
  const names = [...reached(root, all)].filter((name) => name !== root);
  return {
    ...{ $schema: "http://json-schema.org/draft-07/schema#" },
    ...rest,
    properties: { version, ...properties },
    required: ["version", ...required],
    definitions: Object.fromEntries(names.map((name) => [name, all[name] ?? {}])),
  };
}

/** A definition's name, and those of all definitions that it uses. */
function reached(name: string, all: Readonly<Record<string, ReportSchema>>, seen = new Set<string>()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, next = ""] of JSON.stringify(all[name]).matchAll(/"#\/definitions\/([^"]+)"/g))
    reached(decodeURIComponent(next), all, seen);
  return seen;
}

export function definitionName(reference: string): string {
  return decodeURIComponent(reference.replace("#/definitions/", ""));
}
