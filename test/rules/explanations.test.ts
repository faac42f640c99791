/** What docs/rules.md claims is so: each wrong example triggers exactly its code, and each right one nothing. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { allCodes } from "../../src/rules/explain/all-codes.ts";
import { exampleTopology } from "../../src/rules/explain/example-topology.ts";
import { diagnosticsText } from "../../src/topology/diagnostics-text.ts";
import { paragraphs } from "../../src/topology/explain/explanation.ts";
import { wholeExample } from "../helpers/example.ts";

const page = readFileSync(new URL("../../docs/rules.md", import.meta.url), "utf8");
const [introduction = "", ...chapters] = page.split(/^## /m);

/** The examples of a chapter as they are printed there. */
function examplesOf(code: string): { readonly wrong: string; readonly right: string } {
  const chapter = chapters.find((text) => text.startsWith(`${code}\n`)) ?? "";
  const [wrong = "", right = "", ...others] = yamlOf(chapter);
  expect(chapter).toMatch(/\nWrong:\n\n```yaml\n[^`]*```\n\nRight:\n\n```yaml\n[^`]*```\n/);
  expect(others).toEqual([]);
  return { wrong, right };
}

function yamlOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = ""]) => yaml);
}

/** Codes of what an example cannot be without. */
const alsoTold: ReadonlyMap<string, string> = new Map([
  // Whatever left its mirrors has an old Python, too.
  ["LVS104", "LVS115"],
  ["LVS235", "LVS115"],
  ["LVS335", "LVS115"],
]);

function check(fragment: string) {
  const { diagnostics, cluster, text } = checkTopology(wholeExample(fragment), "example.yaml");
  const told = diagnosticsText(diagnostics, "example.yaml", text, { color: false, limit: 100 });
  return { told, cluster, codes: [...new Set(diagnostics.map(({ code }) => code))].sort() };
}

test("the topology that examples stand over is fine by itself", () => {
  expect(checkTopology(exampleTopology, "example.yaml").diagnostics).toEqual([]);
  expect(yamlOf(introduction)).toEqual([exampleTopology]);
});

test("the page has a chapter for every code", () => {
  expect(chapters.map((text) => text.split("\n")[0])).toEqual(allCodes.map(({ code }) => code));
});

test("codes and sentences are each one's own, and in order", () => {
  const codes = allCodes.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toEqual([...codes].sort());
  expect(codes.filter((code) => !/^LVS\d{3}$/.test(code))).toEqual([]);
  expect(new Set(allCodes.map(({ name }) => name)).size).toBe(allCodes.length);
});

describe.each(allCodes.map((entry) => [entry.code, entry] as const))("%s", (code, { severity, explain }) => {
  test("its wrong example triggers exactly it", () => {
    const { codes, cluster } = check(examplesOf(code).wrong);
    const also = alsoTold.get(code);
    expect(codes).toEqual(also === undefined ? [code] : [code, also].sort());
    expect(cluster === null).toBe(severity === "error");
  });

  test("its right example is fine", () => {
    const { told, cluster } = check(examplesOf(code).right);
    expect(told).toBe("");
    expect(cluster).not.toBeNull();
  });

  test("its words are sentences", () => {
    for (const text of [explain.what, explain.why, explain.fix].flatMap(paragraphs)) {
      expect(text).toMatch(/^["\w-].*\.$/s);
      expect(text).not.toMatch(/[`\p{Cc}]/u);
    }
  });
});

test("what is told about every wrong example", async () => {
  const all = allCodes.map(({ code }) => check(examplesOf(code).wrong).told).join("\n");
  const golden = new URL("../fixtures/explanations.txt", import.meta.url).pathname;
  await expect(all).toMatchFileSnapshot(golden);
});
