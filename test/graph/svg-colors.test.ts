/** The pictures outside browsers: librsvg, as most programs' renderers, knows neither var() nor color schemes. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { methodColors } from "../../src/graph/colors.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { colorsOf } from "../helpers/png.ts";

const everything = lvsgen(["graph", "examples/everything/topology.json", "--format", "svg"]).stdout;
const piLab = readFileSync(join(repository, "docs/pi-lab.svg"), "utf8");

const ground = "#ffffff";
const frame = "#f6f8fa";

test.each([
  { name: "docs/pi-lab.svg", svg: piLab, methods: ["dr"] as const },
  { name: "graph of examples/everything", svg: everything, methods: ["dr", "nat", "tun"] as const },
])("$name has its light colours in librsvg", ({ svg, methods }) => {
  const counts = colorsOf(execFileSync("rsvg-convert", ["--format", "png"], { input: svg }));
  const pixels = (color: string) => counts.get(color) ?? 0;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(pixels(ground)).toBeGreaterThan(all / 4);
  expect(pixels(frame)).toBeGreaterThan(all / 20);
  // Each method's square in a group's box, at least.
  for (const method of methods) expect(pixels(methodColors[method].light)).toBeGreaterThan(40);
  expect(pixels("#000000")).toBeLessThan(all / 100);
});

test("browsers follow the page: each plain colour is followed by a variable, which the dark scheme sets", () => {
  expect(piLab).toMatch(/@media \(prefers-color-scheme:dark\)\{svg\{--ground:#0d1117;/);
  const variables = piLab.match(/:var\(/g) ?? [];
  expect(variables.length).toBeGreaterThan(20);
  expect(piLab.match(/(fill|stroke):#[0-9a-f]{6};\1:var\(--\w+\)/g)).toHaveLength(variables.length);
  expect(piLab.match(/(fill|stroke):#/g)).toHaveLength(variables.length);
});
