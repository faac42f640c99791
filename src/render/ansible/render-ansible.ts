/** Plans -> the Ansible project that puts them on their hosts. */

import type { HostPlan } from "../../plan/host-plan.ts";
import type { Cluster } from "../../topology/model.ts";
import type { Artifact } from "../artifact.ts";
import type { Renderer } from "../renderer-core.ts";
import { ansibleFiles } from "./ansible-files.ts";
import { clusterView, type ManagedHost } from "./cluster-view.ts";
import { hostView } from "./host-view.ts";
import { ansibleFolder, hostVariables, hostVariablesTemplate, projectTemplate } from "./layout.ts";

/** What all hosts share; nothing if no host has a role. */
export function renderProject(
  { name }: Cluster,
  hosts: readonly ManagedHost[],
  renderer: Renderer,
): Artifact[] {
  const managed = hosts.filter(({ roles }) => roles.length > 0);
  if (managed.length === 0) return [];
  const view = clusterView(name, managed);
  return ansibleFiles
    .filter(({ when }) => when(view))
    .map(({ path, language }) => ({
      path: `${ansibleFolder}/${path}`,
      text: renderer.render(projectTemplate(path), language, view),
      mode: 0o644,
    }));
}

/** A host's own files of it; none for a host without a role. */
export function renderHostVariables(cluster: Cluster, plan: HostPlan, renderer: Renderer): Artifact[] {
  if (plan.roles.length === 0) return [];
  const { template, language } = hostVariablesTemplate;
  const text = renderer.render(template, language, hostView(cluster, plan));
  return [{ path: hostVariables(plan.host.name), text, mode: 0o644 }];
}
