/** docs/json.md: the output of `--format json`, from the schemas' descriptions. */

import { reportVersion } from "../src/commands/reports.ts";
import { definitionName, type ReportSchema, reportSchemas } from "./report-schemas.ts";

const introduction = `\
<!-- Generated from src/commands/reports.ts by npm run generate; do not edit. -->

# JSON for programs

With \`--format json\` a command prints one object to standard output, and messages to standard error. The exit
status is the same as without. A wrong command line (exit status 2) leaves standard output empty. Each object has a JSON Schema in \`schemas/reports\`, which is in the npm package too:
\`import schema from "lvsgen/schemas/reports/plan.schema.json" with { type: "json" }\`.

\`version\` is ${reportVersion}. It rises when a property changes its meaning or disappears. New properties do not raise it: your
program should ignore those that it does not know.

The generated scripts have their own JSON output: \`status --json\` and \`check --json\`.
`;

type Definitions = Readonly<Record<string, ReportSchema>>;

export function reportsPage(): string {
  const described = new Set<string>();
  const chapters = [...reportSchemas()].map(([name, { definitions = {}, ...root }]) => {
    const { version: _, ...properties } = root.properties ?? {};
    const fresh = Object.entries(definitions).filter(
      ([own, schema]) => isObject(schema) && !described.has(own),
    );
    for (const [own] of fresh) described.add(own);
    return [
      `## ${name}\n\n${root.description ?? ""}\nSchema: [${name}.schema.json](../schemas/reports/${name}.schema.json).\n`,
      propertiesTable({ properties }, definitions),
      ...fresh.map(
        ([own, schema]) => `### ${own}\n\n${words(schema)}${propertiesTable(schema, definitions)}`,
      ),
    ].join("\n");
  });
  return [introduction, ...chapters].join("\n");
}

/** Objects have chapters of their own; other types are described in the tables. */
function isObject({ properties }: ReportSchema): boolean {
  return properties !== undefined;
}

function propertiesTable({ properties = {} }: ReportSchema, definitions: Definitions): string {
  const rows = Object.entries(properties).map(
    ([name, schema]) => `| \`${name}\` | ${typeText(schema, definitions)} | ${cell(schema.description)} |`,
  );
  return ["| property | type | meaning |", "| -------- | ---- | ------- |", ...rows, ""].join("\n");
}

function typeText(schema: ReportSchema, definitions: Definitions): string {
  const own = (each: ReportSchema): string => typeText(each, definitions);
  const { $ref, items, additionalProperties } = schema;
  if ($ref !== undefined) {
    const name = definitionName($ref);
    const found = definitions[name] ?? {};
    return isObject(found) ? `[${name}](#${name.toLowerCase()})` : own(found);
  }
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(", ");
  if (schema.anyOf !== undefined) return schema.anyOf.map(own).join(" or ");
  if (items !== undefined) return `list of ${own(items)}`;
  if (typeof additionalProperties === "object") return `by name: ${own(additionalProperties)}`;
  if (schema.properties !== undefined)
    throw new Error("a report has an object without a name: give it a named type");
  return [schema.type ?? "any"].flat().join(" or ");
}

function literal(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

function words({ description }: ReportSchema): string {
  return description === undefined ? "" : `${description}\n\n`;
}

function cell(text = ""): string {
  return text.replaceAll("\n", " ").replaceAll("|", "\\|");
}
