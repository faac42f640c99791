/**
 * An engine over lvsgen's own templates as they were compiled when it was built: for where code is not made at run
 * time, as in a page whose content security policy forbids it. It brings Handlebars' runtime only.
 */

import type Handlebars from "handlebars";
import runtime from "handlebars/runtime.js";
import { type Compiled, type Engine, engineOf, helpersOf } from "./engine-base.ts";
import { RenderError } from "./escape.ts";
import type { Target } from "./targets.ts";

/** By target, then by name: what Handlebars.precompile makes (scripts/precompiled-module.ts). */
export type PrecompiledTemplates = Readonly<
  Partial<Record<Target, Readonly<Record<string, TemplateSpecification>>>>
>;

/** Its package declares no types for the runtime on its own. */
const { create } = runtime as unknown as typeof Handlebars;

export function createPrecompiledEngine(templates: PrecompiledTemplates): Engine {
  return engineOf((target) => {
    const own = templates[target] ?? {};
    const environment = create();
    for (const [name, helper] of Object.entries(helpersOf(target))) environment.registerHelper(name, helper);
    const compiled = new Map<string, Compiled>();
    for (const [name, specification] of Object.entries(own)) {
      const delegate = environment.template(specification);
      environment.registerPartial(name, delegate);
      compiled.set(name, delegate);
    }
    return (name) => {
      const found = compiled.get(name);
      if (found === undefined) throw new RenderError(`there is no template ${name} for ${target}`);
      return found;
    };
  });
}
