/** Catalogues of other languages have a row for each text of the source, and no others; sentences are whole. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../src/languages/say.ts";
import { zh } from "../../src/languages/zh/index.ts";
import { features } from "../../src/platforms/features.ts";
import { type Schema, writtenSchema } from "../../src/topology/schema.ts";
import { repository } from "../helpers/lvsgen.ts";
import { sayingsOf } from "./sayings.ts";
import { wrongWords } from "./terms.ts";

/** Where every sentence has a tag. Grows until it is every folder whose texts people read. */
const done: readonly string[] = [
  "src/commands/boundary.ts",
  "src/commands/check-file.ts",
  "src/commands/diff.ts",
  "src/commands/web.ts",
  "src/commands/verify.ts",
  "src/commands/schema-file.ts",
  "src/commands/schema.ts",
  "src/commands/render-report.ts",
  "src/commands/render.ts",
  "src/commands/lint-new-output.ts",
  "src/commands/init.ts",
  "src/commands/explain.ts",
  "src/commands/check-output.ts",
  "src/commands/changed-files.ts",
  "src/commands/language.ts",
  "src/commands/parse-words.ts",
  "src/commands/read-include.ts",
  "src/commands/read-secret.ts",
  "src/commands/read-topology.ts",
  "src/commands/read-values.ts",
  "src/commands/require-cluster.ts",
  "src/commands/run.ts",
  "src/commands/shared.ts",
  "src/commands/streams.ts",
  "src/commands/validate.ts",
  "src/diff/",
  "src/graph/picture.ts",
  "src/graph/words.ts",
  "src/lint/check-manifest.ts",
  "src/lint/check-unit.ts",
  "src/import/",
  "src/output/aside.ts",
  "src/output/compare.ts",
  "src/output/output-fault.ts",
  "src/output/work-folder.ts",
  "src/output/write-folder.ts",
  "src/plan/as-real-server.ts",
  "src/plan/director.ts",
  "src/plan/feature-gate.ts",
  "src/plan/floating.ts",
  "src/plan/forwarding/dr.ts",
  "src/plan/forwarding/tun.ts",
  "src/plan/forwarding/vip-carrier.ts",
  "src/plan/ipvs-sysctls.ts",
  "src/plan/selinux.ts",
  "src/plan/virtual-service.ts",
  "src/platforms/",
  "src/render/keepalived-text.ts",
  "src/render/opening-text.ts",
  "src/render/plan-groups.ts",
  "src/render/plan-text.ts",
  "src/render/resource-text.ts",
  "src/render/service-text.ts",
  "src/render/track-text.ts",
  "src/rules/",
  "src/topology/",
  "src/base/",
];

/** Sources of facts, names in JSON, explanations, which are pages of docs/, and what runs before a language is chosen. */
const english: readonly string[] = [
  "src/base/check-node.ts",
  "src/diff/change.ts",
  "src/platforms/features.ts",
  "src/platforms/rows/",
  "src/rules/explain/",
  "src/topology/explain/",
];

/** Keys that are data, and keep their words in English: they are in the schema, or name rows. */
const data: ReadonlySet<string> = new Set([
  ...schemaTexts(writtenSchema),
  ...Object.keys(features).filter((name) => !name.startsWith("sysctl ")),
]);

type Node = Schema & { readonly pattern?: string; readonly anyOf?: readonly Node[] };

/** Whether a value can be refused for its form, which may be one of several. */
function hasForm({ pattern, format, anyOf = [] }: Node): boolean {
  return pattern !== undefined || format !== undefined || anyOf.some(hasForm);
}

/** Titles, and the descriptions that hints show: of what has a form, or no example. */
function schemaTexts(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { title, description, examples } = node as Node;
  const isShown = hasForm(node as Node) || examples === undefined;
  return [
    ...[title, isShown ? description : undefined].filter((text) => typeof text === "string"),
    ...Object.entries(node).flatMap(([key, child]) => (key === "examples" ? [] : schemaTexts(child))),
  ];
}

const files = [
  ...readdirSync(join(repository, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/^languages\/|\.generated\.ts$/.test(name))
    .map((name) => `src/${name}`),
  "web/src/worker/page-hint.ts",
];

const said = files.map((file) =>
  sayingsOf(file, readFileSync(join(repository, file), "utf8"), {
    isDone: startsWith(file, done) && !startsWith(file, english),
    data,
  }),
);

/** Each key with one of its places. */
const used = new Map([
  ...[...data].map((key) => [key, "data"] as const),
  ...said.flatMap(({ keys }) => keys.map(({ key, place }) => [key, place] as const)),
]);

function startsWith(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => file.startsWith(folder));
}

const folder = join(repository, "src/languages/zh");
const areas = await Promise.all(
  readdirSync(folder)
    .filter((name) => name !== "index.ts")
    .map(async (name): Promise<Catalogue> => {
      const [area] = Object.values((await import(join(folder, name))) as Record<string, Catalogue>);
      return area ?? {};
    }),
);

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join(" ");
}

test("sentences are whole, and said when the language is chosen", () => {
  expect(said.flatMap(({ faults }) => faults)).toEqual([]);
});

test("each text has a row, each row a text", () => {
  expect(used.size).toBeGreaterThan(15);
  const missing = [...used].filter(([key]) => !Object.hasOwn(zh, key));
  expect(missing.map(([key, place]) => `${place}: ${key}`)).toEqual([]);
  expect(Object.keys(zh).filter((key) => !used.has(key))).toEqual([]);
});

test("a row is in one area, with the placeholders of its key", () => {
  const rows = areas.flatMap((area) => Object.entries(area));
  expect(rows.length).toBe(Object.keys(zh).length);
  expect(rows.filter(([key, row]) => placeholders(key) !== placeholders(row))).toEqual([]);
});

test("terms are those of the glossary", () => {
  expect(Object.values(zh).flatMap(wrongWords)).toEqual([]);
});

describe("a fault is seen", () => {
  test.each([
    ["say at the top level", "const a = say`no host`;", "use phrase"],
    ["a phrase with values", "const a = phrase`no ${b}`;", "use say"],
    ["a piece", 'const f = (a) => say`${a ? "old" : "new"} host`;', '"old"'],
    [
      "a piece of a constant",
      'const f = (a) => { const b = a ?? "the host"; return say`${b} is gone`; };',
      '"the host"',
    ],
    [
      "a piece of a function",
      'function g() { return "the host"; } const f = () => say`${g()} is gone`;',
      '"the host"',
    ],
    ["a piece of a template", "const f = (a) => say`${`host ${a}`} is gone`;", '"host "'],
    ["a piece of a list", 'const f = (a) => say`${a.join(" or ")} is gone`;', '" or "'],
    [
      "a noun that varies",
      'import { counted } from "../base/counted.ts"; const f = (a) => counted(1, a);',
      "not a literal",
    ],
    ["a text without a tag", 'const f = () => ({ message: "no host", hint: "x" });', '"no host"'],
    ["a template without a tag", "const f = (a) => refused(`no such ${a}`);", '"no such …"'],
  ])("%s", (_, text, fault) => {
    const { faults } = sayingsOf("a.ts", text, { isDone: true, data: new Set() });
    expect(faults.join("\n")).toContain(fault);
  });

  test.each([
    ["把请求交给调度器", "分发器"],
    ["主机web", "space"],
    ["主机, 服务", "full-width"],
  ])("%s", (text, but) => {
    expect(wrongWords(text).join()).toContain(but);
  });
});
