/** templates/ as compiled programs, by target and name: what lvsgen renders with. */

import Handlebars from "handlebars";
import { compileOptions, parseTemplate } from "../src/render/compile-template.ts";
import { rootTemplates } from "../src/render/root-templates.ts";
import type { Target } from "../src/render/targets.ts";
import { readTemplates } from "./templates-module.ts";

const types = `\
import type { Target } from "../src/render/targets.ts";
interface Program { readonly code: TemplateSpecification; readonly partials: readonly string[] }
export declare const programs: Readonly<Partial<Record<Target, Readonly<Record<string, Program>>>>>;
`;

export function programsModule(folder: string): { code: string; types: string } {
  const texts = readTemplates(folder);
  const byTarget = new Map<Target, Map<string, string>>();
  const add = (name: string, target: Target): void => {
    const programs = byTarget.get(target) ?? new Map<string, string>();
    byTarget.set(target, programs);
    const text = texts[name];
    if (text === undefined) throw new Error(`there is no template ${name}`);
    if (programs.has(name)) return;
    const { program, partials: inclusions } = parseTemplate(text, name, target);
    const partials = inclusions.map((inclusion) => inclusion.name);
    const code = Handlebars.precompile(program, compileOptions(target));
    programs.set(name, `{ code: ${code}, partials: ${JSON.stringify(partials)} }`);
    for (const partial of partials) add(partial, target);
  };
  for (const { template, target } of rootTemplates) add(template, target);
  const rows = [...byTarget].map(([target, programs]) => {
    const entries = [...programs].map(([name, program]) => `${JSON.stringify(name)}: ${program}`);
    return `${target}: {\n${entries.join(",\n")}\n}`;
  });
  return { code: `export const programs = {\n${rows.join(",\n")}\n};\n`, types };
}
