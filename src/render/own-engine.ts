/** lvsgen's own templates, compiled when lvsgen was built: a render needs neither their texts nor a compiler. */

import { programs } from "#programs";
import { type Engine, engineOf, runtime } from "./engine-core.ts";
import { RenderError } from "./escape.ts";

export function ownEngine(): Engine {
  return engineOf({
    createEnvironment: () => runtime.create(),
    load: (environment, name, target) => {
      const program = programs[target]?.[name];
      if (program === undefined) throw new RenderError(`there is no template ${name} for ${target}`);
      return { render: environment.template(program.code), partials: program.partials };
    },
  });
}
