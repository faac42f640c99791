/** The house: each room imports from floors below its own only, types included, and nothing goes round in circles. */

import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { describe, expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** From the roof to the ground. Rooms of one floor know nothing of each other. */
const floors: readonly (readonly string[])[] = [
  ["src/cli.ts", "src/index.ts"],
  ["src/commands/"],
  ["src/verify/"],
  ["src/lint/", "src/deploy/", "src/web/", "web/src/"],
  ["src/output/", "src/lab/", "src/graph/", "src/diff/"],
  ["src/rules/", "src/import/", "src/render/", "src/presets/"],
  ["src/plan/"],
  ["src/topology/"],
  ["src/platforms/"],
  ["src/base/"],
  ["src/languages/"],
];

const house = ["src", "web/src"].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
);

const read = (file: string): string => readFileSync(join(repository, file), "utf8");

/** Every file that a text names: imports of values and types, exports from, `import()` of both. */
function importsOf(file: string, text: string): string[] {
  const imports = new Set<string>();
  const { program, errors } = parseSync(file, text);
  expect(errors, file).toEqual([]);
  JSON.stringify(program, (key, value) => {
    if (key === "source" && typeof value?.value === "string" && value.value.startsWith("."))
      imports.add(join(file, "..", value.value.replace(/\?.*/, "")));
    return typeof value === "bigint" ? null : value;
  });
  return [...imports].filter((target) => /\.tsx?$/.test(target));
}

const roomOf = (file: string): string | undefined => floors.flat().find((room) => file.startsWith(room));

/** The higher, the greater. */
const heightOf = (room: string | undefined): number =>
  -floors.findIndex((rooms) => rooms.some((known) => known === room));

function wrongImports(file: string, text: string): string[] {
  const room = roomOf(file);
  return importsOf(file, text)
    .filter((target) => roomOf(target) !== room && heightOf(roomOf(target)) >= heightOf(room))
    .map((target) => `${file} imports ${target}`);
}

test("every file has a room, every room a file", () => {
  expect(house.filter((file) => roomOf(file) === undefined)).toEqual([]);
  expect(floors.flat().filter((room) => !house.some((file) => file.startsWith(room)))).toEqual([]);
});

test("imports lead down", () => {
  expect(house.flatMap((file) => importsOf(file, read(file))).length).toBeGreaterThan(1000);
  expect(house.flatMap((file) => wrongImports(file, read(file)))).toEqual([]);
});

describe("an import is seen", () => {
  test.each([
    ["up", "src/base/unique.ts", "../plan/resources.ts"],
    ["into a room beside it", "src/rules/nat.ts", "../render/renderer.ts"],
    ["from the playground into a room beside it", "web/src/worker/worker.ts", "../../../src/lint/finding.ts"],
  ])("%s", (_, file, target) => {
    const wrong = [`${file} imports ${join(file, "..", target)}`];
    for (const text of [
      `import "${target}";`,
      `import { a } from "${target}";`,
      `import type { A } from "${target}";`,
      `export { a } from "${target}";`,
      `export * from "${target}";`,
      `export type { A } from "${target}";`,
      `await import("${target}");`,
      `type A = import("${target}").A;`,
      `let a: typeof import("${target}");`,
    ])
      expect(wrongImports(file, text), text).toEqual(wrong);
  });
});

/** Whether Biome's rule, as biome.json has it, finds circles; and what it says. */
function circles(folder: string): { readonly status: number | null; readonly output: string } {
  const biome = join(repository, "node_modules/.bin/biome");
  const { status, stdout, stderr } = spawnSync(
    biome,
    ["lint", "--only=suspicious/noImportCycles", "--max-diagnostics=none", "."],
    { cwd: folder, encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

test("nothing imports itself in a circle", () => {
  const { status, output } = circles(repository);
  expect(status, output).toBe(0);
});

test("a circle of types is seen", () => {
  const folder = temporaryFolder();
  cpSync(join(repository, "biome.json"), join(folder, "biome.json"));
  writeFileSync(join(folder, "one.ts"), 'import type { B } from "./other.ts";\nexport type A = B | 1;\n');
  writeFileSync(join(folder, "other.ts"), 'import type { A } from "./one.ts";\nexport type B = A[];\n');
  const { status, output } = circles(folder);
  expect(status).toBe(1);
  expect(output).toContain("noImportCycles");
});
