/** Writes lvsgen's pages beside the playground, so that its links work offline and show the same version. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Marked, type Tokens } from "marked";
import type { Plugin } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Files of the repository that become pages, by their paths from its root. */
const sources = [
  "README.md",
  "README.zh.md",
  "CHANGELOG.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => posix.join("docs", name.replaceAll("\\", "/")))
    .toSorted(),
];

/** `docs/how-to/a.md` -> `docs/how-to/a.html`, `README.md` -> `docs/readme.html`. */
function pageName(source: string): string {
  const name = source.startsWith("docs/") ? source : `docs/${source.toLowerCase()}`;
  return name.replace(/\.md$/, ".html");
}

export function docsPages(): Plugin {
  return {
    name: "lvsgen-docs",
    apply: "build",
    generateBundle() {
      const emit = (fileName: string, source: string) => this.emitFile({ type: "asset", fileName, source });
      for (const source of sources) emit(pageName(source), pageOf(source));
      emit("docs/pi-lab.svg", readFileSync(join(root, "docs/pi-lab.svg"), "utf8"));
      emit("docs/docs.css", readFileSync(join(root, "web/src/styles/docs.css"), "utf8"));
    },
  };
}

function pageOf(source: string): string {
  const text = readFileSync(join(root, source), "utf8");
  const own = pageName(source);
  const title = /^# (.*)$/m.exec(text)?.[1] ?? "lvsgen";
  const up = relative(dirname(own), "docs").replaceAll("\\", "/") || ".";
  return `<!doctype html>
<html lang="${source.endsWith(".zh.md") ? "zh-Hans" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title.replaceAll("`", "").replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>
<link rel="icon" href="${up}/../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${up}/docs.css">
</head>
<body>
<nav><a href="${up}/../index.html">lvsgen playground</a> · <a href="${up}/tutorial.html">tutorial</a> · <a href="${up}/glossary.html">glossary</a> · <a href="${up}/rules.html">rules</a> · <a href="${up}/topology.html">topology</a></nav>
<main>
${new Marked({ renderer: rendererFor(source) }).parse(text, { async: false })}</main>
</body>
</html>
`;
}

/** Headings get the ids that links name, and links lead to pages; what is no page here is text. */
function rendererFor(source: string) {
  return {
    heading(
      this: { parser: { parseInline(tokens: Tokens.Generic[]): string } },
      { tokens, depth, text }: Tokens.Heading,
    ) {
      return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    link(this: { parser: { parseInline(tokens: Tokens.Generic[]): string } }, { href, tokens }: Tokens.Link) {
      const inner = this.parser.parseInline(tokens);
      const target = targetOf(source, href);
      return target === null ? inner : `<a href="${target.replaceAll('"', "&quot;")}">${inner}</a>`;
    },
  };
}

/** As GitHub makes them. */
function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

function targetOf(source: string, href: string): string | null {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const target = posix.join(posix.dirname(source), path);
  if (!sources.includes(target)) return null;
  const page = posix.relative(posix.dirname(pageName(source)), pageName(target));
  return anchor === undefined ? page : `${page}#${anchor}`;
}
