/** Handlebars, isolated and strict: template texts in, artifact texts out. */

import Handlebars from "handlebars";
import { RenderError } from "./escape.ts";
import { escapePass } from "./escape-pass.ts";
import { type Target, targets } from "./targets.ts";

/** Template texts by name, e.g. `director/lvs_dr.sh`. */
export type TemplateTexts = Readonly<Record<string, string>>;

export interface Engine {
  /**
   * Renders a template with a view model: plain objects, every value already there.
   * @throws RenderError naming the template where a value is missing or does not fit.
   */
  render(template: string, target: Target, view: object): string;
}

/** An engine over these templates. Templates are compiled when they are first used. */
export function createEngine(texts: TemplateTexts): Engine {
  const environments = new Map<Target, (template: string) => Handlebars.TemplateDelegate>();
  return {
    render(template, target, view) {
      const compile = environments.get(target) ?? createEnvironment(texts, target);
      environments.set(target, compile);
      try {
        return compile(template)(view);
      } catch (error) {
        throw error instanceof RenderError && error.message.startsWith(template)
          ? error
          : new RenderError(`${template}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

function createEnvironment(texts: TemplateTexts, target: Target) {
  const { bare, helpers } = targets[target];
  const environment = Handlebars.create();
  for (const [name, write] of Object.entries(helpers)) {
    environment.registerHelper(name, (...args: unknown[]) => {
      if (args.length !== 2) throw new RenderError(`{{${name}}} takes one value`);
      return write(args[0]);
    });
  }
  const options: CompileOptions = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
    preventIndent: true,
  };
  const compile = (name: string): Handlebars.TemplateDelegate => {
    const known = environment.partials[name];
    if (typeof known === "function") return known;
    const text = texts[name];
    if (text === undefined) throw new RenderError(`there is no template ${name}`);
    const program = escapePass(Handlebars.parse(text), name, bare);
    const delegate = environment.compile(program, options);
    environment.registerPartial(name, delegate);
    for (const partial of partialsOf(program)) compile(partial);
    return delegate;
  };
  return compile;
}

/** Names of the partials that a template includes directly. */
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
