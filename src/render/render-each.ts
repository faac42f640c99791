/** Every file of a cluster, one after the other. Pure: no file system, no clock. */

import { inEnglish } from "../languages/say.ts";
import { planHost } from "../plan/host-plan.ts";
import type { Cluster } from "../topology/model.ts";
import type { ManagedHost } from "./ansible/cluster-view.ts";
import { renderHostVariables, renderProject } from "./ansible/render-ansible.ts";
import type { Artifact } from "./artifact.ts";
import { renderHost } from "./render-host.ts";
import type { Renderer } from "./renderer-core.ts";

/**
 * Renders the hosts for which `selected` holds, in the topology's order; what hosts share, only with all of them. Each
 * file is made when it is asked for: those of ten thousand hosts would not fit into memory.
 *
 * @throws RenderError naming the template, when a template that does not fit its view is reached.
 */
export function* renderEach(
  cluster: Cluster,
  renderer: Renderer,
  selected: (host: string) => boolean = () => true,
): Generator<Artifact> {
  const chosen: ManagedHost[] = [];
  for (const host of cluster.hosts.values()) {
    if (!selected(host.name)) continue;
    // The plan, too: its reasons are comments in the scripts, and part of their digest.
    const plan = inEnglish(() => planHost(cluster, host));
    yield* inEnglish(() => [...renderHost(plan, renderer), ...renderHostVariables(cluster, plan, renderer)]);
    chosen.push({ host, roles: plan.roles.map(({ role }) => role) });
  }
  if (chosen.length === cluster.hosts.size) yield* inEnglish(() => renderProject(cluster, chosen, renderer));
}
