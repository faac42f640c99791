/** A template's text -> its syntax tree, ready for Handlebars' compiler. Used when lvsgen is built, and for users' own. */

import Handlebars from "handlebars";
import { escapePass } from "./escape-pass.ts";
import { type Target, targets } from "./targets.ts";

export interface ParsedTemplate {
  readonly program: hbs.AST.Program;
  /** Names of the templates that it includes directly. */
  readonly partials: readonly string[];
}

/** @throws RenderError where it would print a value unescaped. */
export function parseTemplate(text: string, name: string, target: Target): ParsedTemplate {
  const program = escapePass(Handlebars.parse(text), name, targets[target].bare);
  return { program, partials: partialsOf(program) };
}

/** Strict: what is not there is an error. */
export function compileOptions(target: Target): CompileOptions {
  return {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(targets[target].helpers).map((name) => [name, true])),
    preventIndent: true,
  };
}

function partialsOf(program: hbs.AST.Program): string[] {
  const names: string[] = [];
  const visitor = new (class extends Handlebars.Visitor {
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      if ("original" in partial.name) names.push(String(partial.name.original));
    }
  })();
  visitor.accept(program);
  return names;
}
