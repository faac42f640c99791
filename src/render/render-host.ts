/** A host's plan -> its files. */

import type { HostPlan } from "../plan/host-plan.ts";
import type { Artifact } from "./artifact.ts";
import type { Engine } from "./engine.ts";
import { roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";
import { setupView } from "./setup-view.ts";

/** All files of a host; none for a host without a role. */
export function renderHost(plan: HostPlan, engine: Engine): Artifact[] {
  if (plan.roles.length === 0) return [];
  const files = plan.roles.flatMap((role) =>
    roleArtifacts
      .filter((row) => row.when(plan))
      .map((row) => ({
        path: `${plan.host.name}/${roles[role.role].script}${row.suffix}`,
        text: engine.render(row.template(role), row.target, row.view(plan, role)),
        mode: row.mode,
      })),
  );
  const setup = {
    path: `${plan.host.name}/setup.sh`,
    text: engine.render("setup/setup.sh", "sh", setupView(plan)),
    mode: 0o755,
  };
  return [...files, setup];
}
