/** Plain English: what people read has none of the phrases that CONTRIBUTING.md gives better words for. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";

const contributing = readFileSync(join(repository, "CONTRIBUTING.md"), "utf8");
const [, chapter = ""] = /^## Words\n([\s\S]*?)^## /m.exec(contributing) ?? [];

/** Phrases in code in the table's first column. */
const phrases = [...chapter.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell = ""]) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, phrase = ""]) => phrase),
);

/** Sources, and what is made of them; not the tests, and not the outputs of earlier versions among them. */
const read = [
  "*.md",
  "docs",
  "templates",
  "out",
  "schemas",
  "man",
  "examples",
  "src",
  "web",
  "scripts",
  "bench",
];

function faultsOf(text: string): string[] {
  // A phrase goes on over a line's end and a comment's beginning.
  const flat = text.replaceAll(/\s*\n\s*(?:\*|\/\/|#|>)?\s*/g, " ");
  return phrases.filter((phrase) => new RegExp(`(?<![\\w-])${phrase}(?![\\w-])`, "i").test(flat));
}

function textOf(file: string): string {
  const text = readFileSync(join(repository, file), "utf8");
  return file === "CONTRIBUTING.md" ? text.replace(chapter, "") : text;
}

test("phrases are found, over lines too, and not in other words", () => {
  expect(phrases.length).toBeGreaterThan(15);
  expect(faultsOf("It is told\n * of it.")).toEqual(["is told"]);
  expect(faultsOf("// Mend it, and build it\n// anew.")).toEqual(["mend", "anew"]);
  expect(faultsOf("recommended, re-anew, a stand-in")).toEqual([]);
});

test("no text that people read has one of them", () => {
  const { stdout } = spawnSync("git", ["ls-files", "-z", "--", ...read], {
    cwd: repository,
    encoding: "utf8",
  });
  const files = stdout
    .split("\0")
    .filter((file) => /\.(md|ts|tsx|css|html|hbs|json|ya?ml|sh|py|1|service|init|mjs)$/.test(file));
  expect(files.length).toBeGreaterThan(500);
  const faults = files.flatMap((file) => faultsOf(textOf(file)).map((phrase) => `${file}: ${phrase}`));
  expect(faults).toEqual([]);
});
