/** Handlebars, isolated and strict: template texts in, artifact texts out. */

import Handlebars from "handlebars";
import { type Compiled, type Engine, engineOf, helpersOf } from "./engine-base.ts";
import { RenderError } from "./escape.ts";
import { escapePass } from "./escape-pass.ts";
import { type Target, targets } from "./targets.ts";

export type { Engine } from "./engine-base.ts";

/** Template texts by name, e.g. `director/lvs_dr.sh`. */
export type TemplateTexts = Readonly<Record<string, string>>;

/** An engine over these templates. Templates are compiled when they are first used. */
export function createEngine(texts: TemplateTexts): Engine {
  return engineOf((target) => createEnvironment(texts, target));
}

function createEnvironment(texts: TemplateTexts, target: Target): (template: string) => Compiled {
  const environment = Handlebars.create();
  for (const [name, helper] of Object.entries(helpersOf(target))) environment.registerHelper(name, helper);
  const options = compileOptions(target);
  const compile = (name: string): Compiled => {
    const known = environment.partials[name];
    if (typeof known === "function") return known;
    const program = templateProgram(texts, name, target);
    const delegate = environment.compile(program, options);
    environment.registerPartial(name, delegate);
    for (const partial of partialsOf(program)) compile(partial);
    return delegate;
  };
  return compile;
}

/** How every template is compiled: what is not there is an error, and no helper but the target's own is known. */
export function compileOptions(target: Target): CompileOptions {
  return {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(targets[target].helpers).map((name) => [name, true])),
    preventIndent: true,
  };
}

/**
 * A template's syntax tree, with every value escaped for the target.
 * @throws RenderError where there is no such template, or where it would print a value unescaped
 */
export function templateProgram(texts: TemplateTexts, name: string, target: Target): hbs.AST.Program {
  const text = texts[name];
  if (text === undefined) throw new RenderError(`there is no template ${name}`);
  return escapePass(Handlebars.parse(text), name, targets[target].bare);
}

/** Names of the partials that a template includes directly. */
export function partialsOf(program: hbs.AST.Program): string[] {
  const names: string[] = [];
  const visitor = new (class extends Handlebars.Visitor {
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      if ("original" in partial.name) names.push(String(partial.name.original));
    }
  })();
  visitor.accept(program);
  return names;
}
