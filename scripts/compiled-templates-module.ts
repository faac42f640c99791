/** The compiled templates, by language and name, which lvsgen renders with. */

import Handlebars from "handlebars";
import { compileOptions, parseTemplate } from "../src/render/compile-template.ts";
import type { Language } from "../src/render/languages.ts";
import { rootTemplates } from "../src/render/root-templates.ts";
import { readTemplates } from "./templates-module.ts";

const types = `\
import type { Language } from "../src/render/languages.ts";
interface CompiledTemplate { readonly code: TemplateSpecification; readonly partials: readonly string[] }
export declare const compiledTemplates: Readonly<Partial<Record<Language, Readonly<Record<string, CompiledTemplate>>>>>;
`;

export function compiledTemplatesModule(folder: string): { code: string; types: string } {
  const texts = readTemplates(folder);
  const byLanguage = new Map<Language, Map<string, string>>();
  const add = (name: string, language: Language): void => {
    const compiled = byLanguage.get(language) ?? new Map<string, string>();
    byLanguage.set(language, compiled);
    const text = texts[name];
    if (text === undefined) throw new Error(`unknown template ${name}`);
    if (compiled.has(name)) return;
    const { tree, partials: inclusions } = parseTemplate(text, name, language);
    const partials = inclusions.map((inclusion) => inclusion.name);
    const code = Handlebars.precompile(tree, compileOptions(language));
    compiled.set(name, `{ code: ${code}, partials: ${JSON.stringify(partials)} }`);
    for (const partial of partials) add(partial, language);
  };
  for (const { template, language } of rootTemplates) add(template, language);
  const rows = [...byLanguage].map(([language, compiled]) => {
    const entries = [...compiled].map(([name, tree]) => `${JSON.stringify(name)}: ${tree}`);
    return `${language}: {\n${entries.join(",\n")}\n}`;
  });
  return { code: `export const compiledTemplates = {\n${rows.join(",\n")}\n};\n`, types };
}
