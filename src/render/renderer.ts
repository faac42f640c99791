/** Templates as texts: compiled here, when they are first used. lvsgen's own come compiled (own-renderer.ts). */

import Handlebars from "handlebars";
import { closest } from "../base/suggest.ts";
import { compileOptions, parseTemplate } from "./compile-template.ts";
import { RenderError } from "./escape.ts";
import { type Renderer, rendererOf } from "./renderer-core.ts";
import { LineError, placed } from "./template-fault.ts";
import { nameValues } from "./value-names.ts";

/** Template texts by name, e.g. `director/lvs_dr.sh`. */
export type TemplateTexts = Readonly<Record<string, string>>;

export function createRenderer(texts: TemplateTexts): Renderer {
  return rendererOf({
    createEnvironment: () => Handlebars.create(),
    load: (environment, name, language) => {
      const text = texts[name];
      if (text === undefined) throw new RenderError(unknownTemplate(name, texts));
      const { tree, partials } = parseTemplate(text, name, language);
      for (const { name: partial, line } of partials) {
        if (texts[partial] === undefined)
          throw placed(name, new LineError(unknownTemplate(partial, texts), line));
      }
      return {
        render: environment.compile(nameValues(tree), compileOptions(language)),
        partials: partials.map((partial) => partial.name),
      };
    },
  });
}

function unknownTemplate(name: string, texts: TemplateTexts): string {
  const meant = closest(name, Object.keys(texts));
  const hint =
    meant === null ? "use the name of a file in lvsgen's folder templates" : `did you mean ${meant}?`;
  return `unknown template ${name}: ${hint}`;
}
