/** Templates as texts: compiled here, when they are first used. lvsgen's own come compiled (own-renderer.ts). */

import Handlebars from "handlebars";
import { compileOptions, parseTemplate } from "./compile-template.ts";
import { RenderError } from "./escape.ts";
import { type Renderer, rendererOf } from "./renderer-core.ts";
import { LineError, placed } from "./template-fault.ts";

/** Template texts by name, e.g. `director/lvs_dr.sh`. */
export type TemplateTexts = Readonly<Record<string, string>>;

export function createRenderer(texts: TemplateTexts): Renderer {
  return rendererOf({
    createEnvironment: () => Handlebars.create(),
    load: (environment, name, language) => {
      const text = texts[name];
      if (text === undefined) throw new RenderError(`unknown template ${name}`);
      const { tree, partials } = parseTemplate(text, name, language);
      for (const { name: partial, line } of partials) {
        if (texts[partial] === undefined)
          throw placed(name, new LineError(`unknown template ${partial}`, line));
      }
      return {
        render: environment.compile(tree, compileOptions(language)),
        partials: partials.map((partial) => partial.name),
      };
    },
  });
}
