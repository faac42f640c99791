/** A reader notices what a page says wrongly. */

import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { changed, missingLine } from "./page.ts";
import { Reader } from "./reader.ts";

function follow(markdown: string): Promise<number> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "page.md"), markdown);
  return new Reader(folder).follow(relative(repository, join(folder, "page.md")));
}

const fence = (info: string, ...lines: string[]): string => `\`\`\`${info}\n${lines.join("\n")}\n\`\`\`\n`;

test("files, changes, commands and what they print", async () => {
  const page = [
    fence("yaml file=a.yaml", "one: 1", "two: 2"),
    fence("diff file=a.yaml", "-two: 2", "+two: 22"),
    fence("sh", "cat a.yaml"),
    fence("text", "one: …", "two: 22"),
    fence("sh exit=3", "exit 3"),
    fence("text", "…"),
    fence("json", "only to look at"),
  ].join("Words.\n\n");
  expect(await follow(page)).toBe(6);
});

test.each([
  ["a command that fails", fence("sh", "false", "true"), "page.md:1: the commands do not exit with 0"],
  ["one that was to fail", fence("sh exit=1", "true"), "the commands do not exit with 1"],
  ["output that is not there", fence("sh", "echo one") + fence("text", "two"), "not printed: two"],
  ["output in another order", fence("sh", "echo a; echo b") + fence("text", "b", "a"), "not printed: a"],
  ["a line that goes on", fence("sh", "echo one two") + fence("text", "one"), "not printed: one"],
  [
    "a change of what is not there",
    fence("yaml file=a", "a") + fence("diff file=a", "-b", "+c"),
    "fits 0 places",
  ],
  ["a host, where there is none", fence("sh on=pi1", "true"), "no fleet for pi1"],
])("%s", async (_what, page, message) => {
  await expect(follow(page)).rejects.toThrow(message);
});

test("dots and brackets are themselves", () => {
  expect(missingLine("a.b [c]", "a.b [c]")).toBeNull();
  expect(missingLine("axb [c]", "a.b [c]")).toBe("a.b [c]");
});

test("a change that fits twice is none", () => {
  expect(() => changed("a\na\n", "-a\n+b\n")).toThrow("fits 2 places");
});
