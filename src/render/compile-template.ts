/** A template's text -> its syntax tree, ready for Handlebars' compiler. Used when lvsgen is built, and for users' own. */

import Handlebars from "handlebars";
import { escapePass } from "./escape-pass.ts";
import { type Language, languages } from "./languages.ts";
import { placed } from "./template-fault.ts";

export interface ParsedTemplate {
  readonly tree: hbs.AST.Program;
  /** Templates that it includes directly, and where. */
  readonly partials: readonly Inclusion[];
}

interface Inclusion {
  readonly name: string;
  readonly line: number;
}

/** @throws RenderError with its place if it cannot be read, or would print a value unescaped. */
export function parseTemplate(text: string, name: string, language: Language): ParsedTemplate {
  try {
    const tree = escapePass(Handlebars.parse(text), languages[language].bare);
    return { tree, partials: partialsOf(tree) };
  } catch (error) {
    throw placed(name, error);
  }
}

/** Strict: an undefined value is an error. */
export function compileOptions(language: Language): CompileOptions {
  return {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(languages[language].helpers).map((name) => [name, true])),
    preventIndent: true,
  };
}

function partialsOf(tree: hbs.AST.Program): Inclusion[] {
  const partials: Inclusion[] = [];
  const visitor = new (class extends Handlebars.Visitor {
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      if ("original" in partial.name)
        partials.push({ name: String(partial.name.original), line: partial.loc.start.line });
    }
  })();
  visitor.accept(tree);
  return partials;
}
