/** lvsgen's own templates, compiled when lvsgen is built: a render needs neither their texts nor a compiler. */

import { compiledTemplates } from "#compiled-templates";
import { RenderError } from "./escape.ts";
import { type Renderer, rendererOf, runtime } from "./renderer-core.ts";

export function ownRenderer(): Renderer {
  return rendererOf({
    createEnvironment: () => runtime.create(),
    load: (environment, name, language) => {
      const compiled = compiledTemplates[language]?.[name];
      if (compiled === undefined) throw new RenderError(`unknown template ${name} for ${language}`);
      return { render: environment.template(compiled.code), partials: compiled.partials };
    },
  });
}
