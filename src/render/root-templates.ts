/** The templates that artifacts are made from, with their targets; all others are included by these. */

import type { Role } from "../plan/resources.ts";
import { ansibleFiles } from "./ansible/ansible-files.ts";
import { hostVariablesTemplate, projectTemplate } from "./ansible/layout.ts";
import { roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";
import { setupTemplate } from "./setup-view.ts";
import type { Target } from "./targets.ts";

export interface RootTemplate {
  readonly template: string;
  readonly target: Target;
}

/** What `lvsgen deploy` runs on a host. */
export const hostProgramTemplate: RootTemplate = { template: "deploy/host.sh", target: "sh" };

const roleNames = Object.keys(roles) as Role[];

export const rootTemplates: readonly RootTemplate[] = [
  ...roleArtifacts.flatMap(({ template, target }) =>
    roleNames.map((role) => ({ template: template(role), target })),
  ),
  setupTemplate,
  hostProgramTemplate,
  hostVariablesTemplate,
  ...ansibleFiles.map(({ path, target }) => ({ template: projectTemplate(path), target })),
];
