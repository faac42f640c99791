/** What people are told about topologies with many mistakes: all of them, in their words, in the order of the text. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { diagnosticsText } from "../../src/topology/diagnostics-text.ts";

const folder = new URL("../fixtures/topology/faults/", import.meta.url);

test.each(["many.json", "many.yaml"])("%s", async (file) => {
  const { diagnostics, text, cluster } = checkTopology(readFileSync(new URL(file, folder), "utf8"), file);
  expect(cluster).toBeNull();
  const told = diagnosticsText(diagnostics, file, text, { color: false, limit: 100 });
  await expect(told).toMatchFileSnapshot(new URL(`${file}.txt`, folder).pathname);
  // ajv's own words never reach anybody.
  expect(told).not.toMatch(/must (have|match|NOT)|should|instancePath|additional propert/);
});

test("a long list is cut and counted", () => {
  const hosts = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`h${n}`, {}]));
  const { diagnostics, text } = checkTopology(JSON.stringify({ hosts }), "a.json");
  const told = diagnosticsText(diagnostics, "a.json", text, { color: false, limit: 100 });
  expect(told).toContain(`and ${diagnostics.length - 100} more`);
  expect(told.match(/^LVS/gm)).toHaveLength(100);
});

test("colours and a long line keep the caret under its place", () => {
  const text = `${JSON.stringify({ padding: "x".repeat(300) }).slice(0, -1)},"name":1}`;
  const { diagnostics } = checkTopology(text, "a.json");
  const name = diagnostics.filter(({ pointer }) => pointer === "/name");
  const told = diagnosticsText(name, "a.json", text, { color: false, limit: 1 }).split("\n");
  const [, source = "", caret = ""] = told;
  expect(source[caret.indexOf("^")]).toBe("1");
  const colored = diagnosticsText(name, "a.json", text, { color: true, limit: 1 });
  expect(colored).toContain("\u001B[31mLVS012\u001B[0m");
});

test("control characters of the text do not reach the terminal", () => {
  const text = '{"name": "\u001B]0;owned\u0007", "\\u001b[2J": 1}';
  const { diagnostics } = checkTopology(text, "a.yaml");
  const told = diagnosticsText(diagnostics, "a.yaml", text, { color: false, limit: 100 });
  expect(told).toContain("\uFFFD]0;owned\uFFFD");
  expect(told.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});
