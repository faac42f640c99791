/** A host's plan -> its files. */

import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { Artifact } from "./artifact.ts";
import type { Renderer } from "./renderer-core.ts";
import { roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";
import { setupTemplate, setupView } from "./setup-view.ts";

/** All files of a host; none for a host without a role. */
export function renderHost(plan: HostPlan, renderer: Renderer): Artifact[] {
  if (plan.roles.length === 0) return [];
  const files = plan.roles.flatMap((role) => renderRole(plan, role, renderer));
  const setup = {
    path: `${plan.host.name}/setup.sh`,
    text: renderer.render(setupTemplate.template, setupTemplate.language, setupView(plan)),
    mode: 0o755,
  };
  return [...files, setup];
}

function renderRole(plan: HostPlan, role: RolePlan, renderer: Renderer): Artifact[] {
  const rendered = new Map<string, string>();
  return roleArtifacts
    .filter((row) => row.when(plan, role))
    .map((row) => {
      const name = row.name(roles[role.role].script);
      const text = renderer.render(row.template(role.role), row.language, row.view(plan, role, rendered));
      rendered.set(name, text);
      return { path: `${plan.host.name}/${name}`, text, mode: row.mode(role) };
    });
}
