/** Explanations at a terminal: width, colours. */

import { describe, expect, test } from "vitest";
import { allCodes } from "../../src/rules/explain/all-codes.ts";
import { codesText, explanationText } from "../../src/rules/explain/explanation-text.ts";
import type { Explained } from "../../src/topology/explain/explanation.ts";

const example: Explained = {
  code: "LVS199",
  name: "a sentence that is longer than the page is wide",
  severity: "warning",
  explain: {
    what: `
      One two three four five six
      seven eight.`,
    why: `
      First paragraph.

      Second one, with averyveryverylongwordthatfitsnowhere in it.`,
    fix: "Nothing.",
    wrong: `
      hosts:
        pi1: { not: "wrapped at the width of the page" }`,
    right: `
      hosts: {}`,
  },
};

test("texts are wrapped, examples are not", () => {
  expect(explanationText(example, { width: 30, color: false })).toBe(`\
LVS199  warning  a sentence
                 that is
                 longer than
                 the page is
                 wide

What is wrong
  One two three four five six
  seven eight.

Why it matters
  First paragraph.

  Second one, with
  averyveryverylongwordthatfitsnowhere
  in it.

What to do
  Nothing.

Wrong
  hosts:
    pi1: { not: "wrapped at the width of the page" }

Right
  hosts: {}
`);
});

describe.each([80, 100])("at %i columns", (width) => {
  test.each(allCodes.map((entry) => [entry.code, entry] as const))("%s fits", (_code, entry) => {
    const lines = explanationText(entry, { width, color: false }).split("\n");
    expect(lines.filter((line) => line.length > width || /\s$/.test(line))).toEqual([]);
  });

  test("the table fits", () => {
    const lines = codesText(allCodes, { width, color: false }).split("\n");
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });
});

test("colours change no column", () => {
  const plain = explanationText(example, { width: 30, color: false });
  const colored = explanationText(example, { width: 30, color: true });
  expect(colored).toContain("\u001B[33mLVS199\u001B[0m");
  expect(colored).toContain("\u001B[1mWrong\u001B[0m");
  expect(colored.replaceAll(/\p{Cc}\[\d+m/gu, "")).toBe(plain);
});
