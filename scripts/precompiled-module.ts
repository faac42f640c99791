/** templates/ as compiled functions: rendering with them makes no code at run time, as a strict page demands. */

import Handlebars from "handlebars";
import type { RolePlan } from "../src/plan/host-plan.ts";
import { ansibleFiles } from "../src/render/ansible/ansible-files.ts";
import { compileOptions, partialsOf, type TemplateTexts, templateProgram } from "../src/render/engine.ts";
import { roleArtifacts } from "../src/render/role-artifacts.ts";
import { roles } from "../src/render/roles.ts";
import type { Target } from "../src/render/targets.ts";

interface Root {
  readonly template: string;
  readonly target: Target;
}

/** Every template that a file is made from; what is brought to hosts by ssh is not rendered in a browser. */
function roots(): Root[] {
  const ofRoles = Object.keys(roles).flatMap((role) =>
    roleArtifacts.map(({ template, target }) => ({ template: template({ role } as RolePlan), target })),
  );
  return [
    ...ofRoles,
    { template: "setup/setup.sh", target: "sh" },
    { template: "ansible/host_vars/host.yml", target: "yaml" },
    ...ansibleFiles.map(({ path, target }) => ({ template: `ansible/${path}`, target })),
  ];
}

export function precompiledModule(texts: TemplateTexts): { code: string; types: string } {
  const byTarget = new Map<Target, Map<string, string>>();
  const add = ({ template, target }: Root): void => {
    const own = byTarget.get(target) ?? new Map<string, string>();
    byTarget.set(target, own);
    if (own.has(template)) return;
    const program = templateProgram(texts, template, target);
    own.set(template, String(Handlebars.precompile(program, compileOptions(target))));
    for (const partial of partialsOf(program)) add({ template: partial, target });
  };
  for (const root of roots()) add(root);
  const blocks = [...byTarget].map(([target, own]) => {
    const entries = [...own].map(([name, code]) => `${JSON.stringify(name)}: ${code}`);
    return `${JSON.stringify(target)}: {\n${entries.join(",\n")}\n}`;
  });
  return {
    code: `export const precompiled = {\n${blocks.join(",\n")}\n};\n`,
    types:
      'import type { PrecompiledTemplates } from "../src/render/precompiled-engine.ts";\nexport declare const precompiled: PrecompiledTemplates;\n',
  };
}
