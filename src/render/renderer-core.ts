/** Handlebars, isolated and strict, without its compiler: the part for compiled templates and for texts alike. */

import type Handlebars from "handlebars";
import untypedRuntime from "handlebars/runtime.js";
import { castOf, type HoleFor } from "./cast.ts";
import { CastShelf } from "./cast-shelf.ts";
import { RenderError } from "./escape.ts";
import { type Language, languages } from "./languages.ts";
import { LineError, placed } from "./template-fault.ts";
import { valueName } from "./value-name.ts";

export interface Renderer {
  /**
   * Renders a template with a view model: plain objects, every value already there.
   * @throws RenderError naming the template if a value is missing or does not fit.
   */
  render(template: string, language: Language, view: object): string;
}

/** Handlebars with nothing in it but a language's helpers and the partials used so far. */
export type Environment = typeof Handlebars;

/** The package has no types for it. */
export const runtime = untypedRuntime as unknown as Environment;

export interface CompiledTemplate {
  readonly render: Handlebars.TemplateDelegate;
  /** Names of the templates that it includes directly. */
  readonly partials: readonly string[];
}

/** Where a renderer gets its templates. */
export interface TemplateSource {
  readonly createEnvironment: () => Environment;
  /** @throws RenderError for an unknown template. */
  readonly load: (environment: Environment, name: string, language: Language) => CompiledTemplate;
}

/** Templates are loaded when they are first used. */
export function rendererOf(source: TemplateSource): Renderer {
  const load = loaderOf(source, null);
  const recording: { holeFor: HoleFor } = { holeFor: () => null };
  const loadRecording = loaderOf(source, recording);
  const casts = new Map<string, CastShelf>();
  return {
    render(template, language, view) {
      const name = `${language} ${template}`;
      const shelf = casts.get(name) ?? new CastShelf();
      casts.set(name, shelf);
      const filled = shelf.fill(view);
      if (filled !== null) return filled;
      try {
        const text = load(template, language)(view);
        shelf.take(() =>
          castOf(view, text, (marked, holeFor) => {
            recording.holeFor = holeFor;
            return loadRecording(template, language)(marked);
          }),
        );
        return text;
      } catch (error) {
        throw placed(template, error);
      }
    },
  };
}

type Loader = (template: string, language: Language) => Handlebars.TemplateDelegate;

function loaderOf(source: TemplateSource, recording: { readonly holeFor: HoleFor } | null): Loader {
  const loaders = new Map<Language, (template: string) => Handlebars.TemplateDelegate>();
  return (template, language) => {
    const load = loaders.get(language) ?? createLoader(source, language, recording);
    loaders.set(language, load);
    return load(template);
  };
}

function createLoader(
  source: TemplateSource,
  language: Language,
  recording: { readonly holeFor: HoleFor } | null,
) {
  const environment = source.createEnvironment();
  for (const [name, write] of Object.entries(languages[language].helpers)) {
    environment.registerHelper(name, (...args: unknown[]) => {
      const { loc, hash } = args.at(-1) as Handlebars.HelperOptions & Called;
      const { line } = loc.start;
      if (args.length !== 2) throw new LineError(`{{${name}}} takes one value`, line);
      try {
        return recording?.holeFor(args[0], write) ?? write(args[0]);
      } catch (error) {
        const missing = missingValue(args[0], hash[valueName]);
        if (missing !== null) throw new LineError(missing, line);
        throw error instanceof RenderError ? new LineError(error.message, line) : error;
      }
    });
  }
  const load = (name: string): Handlebars.TemplateDelegate => {
    const known = environment.partials[name];
    if (typeof known === "function") return known;
    try {
      const { render, partials } = source.load(environment, name, language);
      environment.registerPartial(name, inside(name, render));
      for (const partial of partials) load(partial);
      return environment.partials[name] as Handlebars.TemplateDelegate;
    } catch (error) {
      throw placed(name, error);
    }
  };
  return load;
}

/** What to say of a value that a helper refuses; null for one that is there. */
function missingValue(value: unknown, name: unknown): string | null {
  if (value !== undefined && value !== null && value !== "") return null;
  const what = `${value === "" ? "empty" : "undefined"} value`;
  return typeof name === "string" ? `${what} ${name}: correct the name, or remove it` : what;
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
