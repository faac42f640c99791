/** Texts that a program has yet to make a configuration of: templates of Ansible, Puppet, Helm and others. */

import { inLanguage, phrase, say } from "../languages/say.ts";
import { ImportError } from "./notes.ts";
import type { Place, Source } from "./place.ts";

interface Kind {
  readonly name: string;
  readonly sign: RegExp;
}

/** The first that the text has a sign of names it, as {{ }} alone is written for several. */
const kinds: readonly Kind[] = [
  { name: phrase`an ERB template (<% %>)`, sign: /<%/ },
  { name: phrase`a Jinja2 template ({% %})`, sign: /\{%|(?<!\{)\{#/ },
  {
    name: phrase`a Go template ({{ . }})`,
    sign: /\{\{-?\s*(?:[.$(]|(?:range|if|with|define|template|include|block)\s|(?:end|else)\s*-?\}\}|\w+\s+["`.$])/,
  },
  { name: phrase`a Handlebars or Mustache template ({{# }})`, sign: /\{\{\{|\{\{[#/^>]/ },
  { name: phrase`a Jinja2 template ({{ }})`, sign: /\{\{/ },
  { name: phrase`a Terraform template (%{ })`, sign: /%\{~?\s*(?:for|if|else|endfor|endif)\b/ },
];

/** Any of the signs, for the place of the first one. */
const anySign = new RegExp(kinds.map(({ sign }) => sign.source).join("|"));

export interface Template {
  /** With its article: "a Jinja2 template ({% %})"; a phrase. */
  readonly name: string;
  /** Of the first sign. */
  readonly place: Place;
}

/** The kind of template that the text is, or null. Comments do not count. */
export function templateIn(source: Source): Template | null {
  // Most texts are none, and may have millions of lines.
  if (!anySign.test(source.text)) return null;
  const lines = source.text.split("\n").map(withoutComment);
  const line = lines.findIndex((each) => anySign.test(each));
  if (line < 0) return null;
  const kind = kinds.find(({ sign }) => lines.some((each) => sign.test(each)));
  const column = (lines[line] ?? "").search(anySign) + 1;
  return kind === undefined ? null : { name: kind.name, place: { source, line: line + 1, column } };
}

/** @throws ImportError for a template, which has no values yet */
export function refuseTemplate(source: Source): void {
  const template = templateIn(source);
  if (template === null) return;
  throw new ImportError(
    template.place,
    say`the text is ${inLanguage(template.name)}, not what a director has`,
    say`render it first: import the file that it becomes on the director`,
  );
}

/** Jinja2's own comments begin with {#. */
function withoutComment(line: string): string {
  return line.replace(/(^|\s)[#!].*$/, "");
}
