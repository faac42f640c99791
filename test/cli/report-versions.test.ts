/**
 * A report keeps what its version promised: each property at its place, its types and its words. The fixture has all of
 * it, one line each; `UPDATE_GOLDEN=1 npx vitest run test/cli/report-versions.test.ts` adds what is new. A line that goes
 * or changes is a new version (src/commands/reports.ts) with a fixture of its own.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ReportSchema } from "../../scripts/report-schemas.ts";
import { reportVersion } from "../../src/commands/reports.ts";
import { repository } from "../helpers/lvsgen.ts";

const schemas = join(repository, "schemas/reports");
const fixture = join(repository, `test/fixtures/reports/version-${reportVersion}.txt`);

/** `plan .hosts[].os string` and the like. */
function promisesOf(name: string): string[] {
  const root = JSON.parse(readFileSync(join(schemas, name), "utf8")) as ReportSchema;
  const walk = (schema: ReportSchema, place: string): string[] => {
    const { $ref, anyOf, properties = {}, items, additionalProperties } = schema;
    if ($ref !== undefined)
      return walk(root.definitions?.[decodeURIComponent($ref.replace("#/definitions/", ""))] ?? {}, place);
    if (anyOf !== undefined) return anyOf.flatMap((each) => walk(each, place));
    const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
    const kinds = values?.map((value) => JSON.stringify(value)) ?? [schema.type ?? "any"].flat();
    return [
      ...kinds.map((kind) => `${place} ${kind}`),
      ...Object.entries(properties).flatMap(([key, each]) => walk(each, `${place}.${key}`)),
      ...(items === undefined ? [] : walk(items, `${place}[]`)),
      ...(typeof additionalProperties === "object" ? walk(additionalProperties, `${place}.*`) : []),
    ];
  };
  return walk(root, `${name.replace(".schema.json", "")} `);
}

test("nothing that this version promised is gone", () => {
  const now = [...new Set(readdirSync(schemas).sort().flatMap(promisesOf))];
  if (process.env.UPDATE_GOLDEN) {
    const before = existsSync(fixture) ? readFileSync(fixture, "utf8").trim().split("\n") : [];
    writeFileSync(fixture, `${[...new Set([...before, ...now])].sort().join("\n")}\n`);
  }
  const promised = readFileSync(fixture, "utf8").trim().split("\n");
  expect(promised.length).toBeGreaterThan(200);
  expect(promised.filter((line) => !now.includes(line))).toEqual([]);
});
