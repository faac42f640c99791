/** The kinds of artifact, one row each: what a bare `{{value}}` becomes, and which helpers a template may use. */

import { keepalivedCommand } from "../base/keepalived-command.ts";
import {
  birdString,
  birdWord,
  commentText,
  directiveName,
  identifier,
  iptablesRule,
  ipvsRule,
  keepalivedName,
  keepalivedWord,
  nftLine,
  openingLine,
  plainPath,
  plainText,
  printableText,
  shellWord,
  systemdValue,
} from "./escape.ts";
import { jsonValue, yamlScalar } from "./escape-yaml.ts";

export type Language = "sh" | "systemd" | "keepalived" | "bird" | "yaml" | "json" | "prose";

type Escape = (value: unknown) => string;

interface LanguageRow {
  /** Name of the helper that a bare `{{value}}` is rewritten to. */
  readonly bare: string;
  readonly helpers: Readonly<Record<string, Escape>>;
}

/** Several values as one word: the shell splits it again where it is used. */
function joinedWords(values: unknown): string {
  if (!Array.isArray(values)) throw new TypeError("join takes a list");
  return shellWord(values.map((value) => shellWord(value)).join(" "));
}

function keepalivedWords(values: unknown): string {
  if (!Array.isArray(values)) throw new TypeError("words takes a list");
  return values.map((value) => keepalivedWord(value)).join(" ");
}

/** A program with its arguments. The program is a plain word in any case. */
function commandLine(values: unknown): string {
  if (!Array.isArray(values)) throw new TypeError("command takes a list");
  const [program, ...args] = values;
  return keepalivedCommand([keepalivedWord(program), ...args.map((value) => printableText(value))]);
}

export const languages: Readonly<Record<Language, LanguageRow>> = {
  sh: {
    bare: "word",
    helpers: {
      word: shellWord,
      join: joinedWords,
      comment: commentText,
      name: identifier,
      text: plainText,
      ipvs: ipvsRule,
      iptables: iptablesRule,
      nft: nftLine,
      opening: openingLine,
      path: plainPath,
    },
  },
  systemd: {
    bare: "value",
    helpers: { value: systemdValue, comment: commentText, directive: directiveName },
  },
  yaml: {
    bare: "scalar",
    helpers: { scalar: yamlScalar, comment: commentText },
  },
  json: {
    bare: "value",
    helpers: { value: jsonValue },
  },
  // For people: Markdown, and files that have values only in comments.
  prose: {
    bare: "text",
    helpers: { text: plainText, comment: commentText },
  },
  bird: {
    bare: "word",
    helpers: { word: birdWord, string: birdString, comment: commentText },
  },
  keepalived: {
    bare: "word",
    helpers: {
      word: keepalivedWord,
      words: keepalivedWords,
      command: commandLine,
      comment: commentText,
      name: keepalivedName,
    },
  },
};
