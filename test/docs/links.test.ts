/** Links between pages lead somewhere: to files, and to chapters. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";

const pages = [
  ...readdirSync(repository).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...readdirSync(join(repository, "examples"))
    .map((name) => `examples/${name}/README.md`)
    .filter((page) => existsSync(join(repository, page))),
];

/** As Markdown's usual renderers make them from headings. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, text = ""]) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    ),
  );
}

function deadLinks(page: string): string[] {
  const markdown = readFileSync(join(repository, page), "utf8");
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(repository, target))) return [link];
    if (anchor === undefined) return [];
    return anchorsOf(readFileSync(join(repository, target), "utf8")).has(anchor) ? [] : [link];
  });
}

test.each(pages)("%s", (page) => {
  expect(deadLinks(page)).toEqual([]);
});
