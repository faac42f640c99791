/** Every language has the same words. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { advice } from "../../web/src/guide/advice.ts";
import { lines } from "../../web/src/guide/example-lines.ts";
import { en } from "../../web/src/i18n/en.ts";
import { zh } from "../../web/src/i18n/zh.ts";
import { meaningsZh } from "../../web/src/i18n/zh-meanings.ts";
import { repository } from "../helpers/lvsgen.ts";
import { wrongWords } from "../languages/terms.ts";

const others = { zh } as const;

/** Programs and files that a text names: a person types or looks for them in any language. */
const names = (text: string) => [
  ...new Set(
    text.match(/[\w-]+\.(?:conf|cf|sh|zip|ya?ml|json)\b|\b(?:ipvsadm|keepalived|lvsgen|ssh|scp)\b/g),
  ),
];

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).toSorted();

describe.each(Object.entries(others))("%s", (_name, words) => {
  test("has the same keys, in the same order", () => {
    expect(Object.keys(words)).toEqual(Object.keys(en));
  });

  test.each(Object.keys(en) as (keyof typeof en)[])(
    "%s has a text with the same places for values",
    (key) => {
      expect(words[key].trim()).not.toBe("");
      expect(holes(words[key])).toEqual(holes(en[key]));
      expect(names(words[key])).toEqual(expect.arrayContaining(names(en[key])));
    },
  );
});

test("every key is used, and no word of the page stands beside the dictionaries", () => {
  const folder = join(repository, "web/src");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.tsx?$/.test(path) && !path.startsWith("i18n"),
  );
  const text = sources.map((path) => readFileSync(join(folder, path), "utf8")).join("\n");
  const dynamic = /^(start|theme|method|result|problems|fate|changes|history|import\.kind)\./;
  const unused = Object.keys(en).filter((key) => !text.includes(`"${key}"`) && !dynamic.test(key));
  expect(unused).toEqual([]);
});

test("Chinese has the words of the glossary, as the catalogue of messages has", () => {
  const texts = [
    ...Object.values(zh),
    ...Object.values(meaningsZh),
    ...Object.values(advice).flatMap((each) => Object.values(each).map((words) => words.zh)),
    ...Object.values(lines).map((words) => words.zh),
  ];
  expect(texts.flatMap(wrongWords)).toEqual([]);
});
