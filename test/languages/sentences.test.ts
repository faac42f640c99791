/**
 * Whole sentences, seen from outside: in a language that has its values only, nothing else is left of a message. What is
 * left was put together from pieces, or has no key.
 */

import { readdirSync, readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { type Catalogue, speak } from "../../src/languages/say.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { allCodes } from "../../src/rules/explain/all-codes.ts";
import { wholeExample } from "../helpers/example.ts";

afterEach(() => speak(null));

/** Each sentence is its values, in reverse. */
const valuesOnly: Catalogue = new Proxy<Catalogue>(
  {},
  { get: (_, key) => (String(key).match(/\{\d+\}/g) ?? []).toReversed().join("|") },
);

const fixtures = new URL("../fixtures/", import.meta.url);
const topologies = [
  ...readdirSync(new URL("rules/", fixtures)).map((name) => `rules/${name}/fail.yaml`),
  "topology/faults/many.json",
  "topology/faults/many.yaml",
].map((file) => readFileSync(new URL(file, fixtures), "utf8"));
const examples = allCodes.map(({ explain }) => wholeExample(explain.wrong));
/** What cannot be read, or is of the wrong form. */
const odd = [
  "",
  "- 1\n- 2\n",
  "version: 1\n\tname: a\n",
  "a: 1\n---\nb: 2\n",
  "a: [1, 2\n",
  "a: 'x\n",
  "a: b: c\n",
  "a: *b\n",
  "a: @b\n",
  '{"a": 1,}',
  '{"a" 1}',
  "{'a': 1}",
  '{"a": 1} x',
  '{"a": /* */ 1}',
  '{"a": "\\x"}',
  "[".repeat(2000),
];

/** Two words of a sentence beside each other. */
const words = /[a-z]{2,} [a-z]{2,}/;

test("messages and hints of rules leave nothing", () => {
  speak(valuesOnly);
  const found = [...topologies, ...examples, ...odd].flatMap(
    (text) => checkTopology(text, "text").diagnostics,
  );
  expect(new Set(found.map(({ code }) => code)).size).toBeGreaterThan(100);
  const left = found.flatMap(({ code, message, hint }) =>
    [message, hint]
      .map((text) => text.replaceAll(/"(\\.|[^"\\])*"/g, ""))
      .filter((text) => words.test(text))
      .map((text) => `${code}: ${text}`),
  );
  expect(left).toEqual([]);
});
