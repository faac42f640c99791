/** What an engine is, whether it compiles templates itself or has them compiled already. */

import { RenderError } from "./escape.ts";
import { type Target, targets } from "./targets.ts";

export interface Engine {
  /**
   * Renders a template with a view model: plain objects, every value already there.
   * @throws RenderError naming the template where a value is missing or does not fit.
   */
  render(template: string, target: Target, view: object): string;
}

/** A template that is ready to be filled in. */
export type Compiled = (view: object) => string;

/** @param prepare what finds a target's templates by name; asked once for each target */
export function engineOf(prepare: (target: Target) => (template: string) => Compiled): Engine {
  const environments = new Map<Target, (template: string) => Compiled>();
  return {
    render(template, target, view) {
      const compile = environments.get(target) ?? prepare(target);
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

/** A target's helpers as Handlebars calls them: with its own options behind the values. */
export function helpersOf(target: Target): Record<string, (...args: unknown[]) => string> {
  return Object.fromEntries(
    Object.entries(targets[target].helpers).map(([name, write]) => [
      name,
      (...args: unknown[]) => {
        if (args.length !== 2) throw new RenderError(`{{${name}}} takes one value`);
        return write(args[0]);
      },
    ]),
  );
}
