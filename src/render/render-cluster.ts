/** Every file of a cluster, or of some of its hosts. Pure: no file system, no clock. */

import { planHost } from "../plan/host-plan.ts";
import type { Cluster } from "../topology/model.ts";
import type { ManagedHost } from "./ansible/cluster-view.ts";
import { renderHostVariables, renderProject } from "./ansible/render-ansible.ts";
import type { Artifact } from "./artifact.ts";
import { createEngine, type Engine, type TemplateTexts } from "./engine.ts";
import { renderHost } from "./render-host.ts";

/**
 * Renders the hosts for which `selected` holds, in the topology's order; what hosts share, only with all of them.
 * @throws RenderError naming the template where one does not fit its view.
 */
export function renderCluster(
  cluster: Cluster,
  templates: TemplateTexts,
  selected: (host: string) => boolean = () => true,
): Artifact[] {
  return [...renderEach(cluster, createEngine(templates), selected)];
}

/**
 * The same, one file after the other: of ten thousand hosts they would not fit into memory.
 * @throws RenderError as renderCluster, when it comes to the file.
 */
export function* renderEach(
  cluster: Cluster,
  engine: Engine,
  selected: (host: string) => boolean,
): Generator<Artifact> {
  const managed: ManagedHost[] = [];
  for (const host of cluster.hosts.values()) {
    if (!selected(host.name)) continue;
    const plan = planHost(cluster, host);
    yield* renderHost(plan, engine);
    yield* renderHostVariables(cluster, plan, engine);
    managed.push({ host, roles: plan.roles.map(({ role }) => role) });
  }
  if (managed.length === cluster.hosts.size) yield* renderProject(cluster, managed, engine);
}
