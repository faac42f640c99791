/** The templates that artifacts are made from, with their languages; all others are included by these. */

import type { Role } from "../plan/resources.ts";
import { ansibleFiles } from "./ansible/ansible-files.ts";
import { hostVariablesTemplate, projectTemplate } from "./ansible/layout.ts";
import type { Language } from "./languages.ts";
import { roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";
import { setupTemplate } from "./setup-view.ts";

export interface RootTemplate {
  readonly template: string;
  readonly language: Language;
}

/** What `lvsgen deploy` runs on a host. */
export const hostScriptTemplate: RootTemplate = { template: "deploy/host.sh", language: "sh" };

/** What `lvsgen retire` runs on a host. */
export const retireScriptTemplate: RootTemplate = { template: "deploy/retire.sh", language: "sh" };

const roleNames = Object.keys(roles) as Role[];

export const rootTemplates: readonly RootTemplate[] = [
  ...roleArtifacts.flatMap(({ template, language }) =>
    roleNames.map((role) => ({ template: template(role), language })),
  ),
  setupTemplate,
  hostScriptTemplate,
  retireScriptTemplate,
  hostVariablesTemplate,
  ...ansibleFiles.map(({ path, language }) => ({ template: projectTemplate(path), language })),
];
