/** Templates as texts: compiled here, when they are first used. lvsgen's own come compiled (own-engine.ts). */

import Handlebars from "handlebars";
import { compileOptions, parseTemplate } from "./compile-template.ts";
import { type Engine, engineOf } from "./engine-core.ts";
import { RenderError } from "./escape.ts";
import { LineError, placed } from "./template-fault.ts";

/** Template texts by name, e.g. `director/lvs_dr.sh`. */
export type TemplateTexts = Readonly<Record<string, string>>;

export function createEngine(texts: TemplateTexts): Engine {
  return engineOf({
    createEnvironment: () => Handlebars.create(),
    load: (environment, name, target) => {
      const text = texts[name];
      if (text === undefined) throw new RenderError(`there is no template ${name}`);
      const { program, partials } = parseTemplate(text, name, target);
      for (const { name: partial, line } of partials) {
        if (texts[partial] === undefined)
          throw placed(name, new LineError(`there is no template ${partial}`, line));
      }
      return {
        render: environment.compile(program, compileOptions(target)),
        partials: partials.map((partial) => partial.name),
      };
    },
  });
}
