/** Handlebars, isolated and strict, without its compiler: what is the same whether templates come compiled or as texts. */

import type Handlebars from "handlebars";
import untypedRuntime from "handlebars/runtime.js";
import { RenderError } from "./escape.ts";
import { type Target, targets } from "./targets.ts";
import { LineError, placed } from "./template-fault.ts";

export interface Engine {
  /**
   * Renders a template with a view model: plain objects, every value already there.
   * @throws RenderError naming the template where a value is missing or does not fit.
   */
  render(template: string, target: Target, view: object): string;
}

/** Handlebars with nothing in it but a target's helpers and the partials used so far. */
export type Environment = typeof Handlebars;

/** The package declares it without types. */
export const runtime = untypedRuntime as unknown as Environment;

export interface Program {
  readonly render: Handlebars.TemplateDelegate;
  /** Names of the templates that it includes directly. */
  readonly partials: readonly string[];
}

/** Where an engine has its templates from. */
export interface Programs {
  readonly createEnvironment: () => Environment;
  /** @throws RenderError where there is no such template. */
  readonly load: (environment: Environment, name: string, target: Target) => Program;
}

/** Templates are loaded when they are first used. */
export function engineOf(programs: Programs): Engine {
  const loaders = new Map<Target, (template: string) => Handlebars.TemplateDelegate>();
  return {
    render(template, target, view) {
      const load = loaders.get(target) ?? createLoader(programs, target);
      loaders.set(target, load);
      try {
        return load(template)(view);
      } catch (error) {
        throw placed(template, error);
      }
    },
  };
}

function createLoader(programs: Programs, target: Target) {
  const environment = programs.createEnvironment();
  for (const [name, write] of Object.entries(targets[target].helpers)) {
    environment.registerHelper(name, (...args: unknown[]) => {
      const { line } = (args.at(-1) as Handlebars.HelperOptions & Called).loc.start;
      if (args.length !== 2) throw new LineError(`{{${name}}} takes one value`, line);
      try {
        return write(args[0]);
      } catch (error) {
        throw error instanceof RenderError ? new LineError(error.message, line) : error;
      }
    });
  }
  const load = (name: string): Handlebars.TemplateDelegate => {
    const known = environment.partials[name];
    if (typeof known === "function") return known;
    try {
      const { render, partials } = programs.load(environment, name, target);
      environment.registerPartial(name, inside(name, render));
      for (const partial of partials) load(partial);
      return environment.partials[name] as Handlebars.TemplateDelegate;
    } catch (error) {
      throw placed(name, error);
    }
  };
  return load;
}

/** Handlebars' options of a helper have its place, which its types leave out. */
interface Called {
  readonly loc: { readonly start: { readonly line: number } };
}

/** A part's errors name the part, not what includes it. */
function inside(name: string, render: Handlebars.TemplateDelegate): Handlebars.TemplateDelegate {
  return (context, options) => {
    try {
      return render(context, options);
    } catch (error) {
      throw placed(name, error);
    }
  };
}
