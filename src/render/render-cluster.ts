/** Every file of a cluster, or of some of its hosts. Pure: no file system, no clock. */

import { planCluster } from "../plan/host-plan.ts";
import type { Cluster } from "../topology/model.ts";
import { renderHostVariables, renderProject } from "./ansible/render-ansible.ts";
import type { Artifact } from "./artifact.ts";
import { createEngine, type TemplateTexts } from "./engine.ts";
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
  const engine = createEngine(templates);
  const plans = planCluster(cluster);
  const chosen = plans.filter(({ host }) => selected(host.name));
  return [
    ...chosen.flatMap((plan) => renderHost(plan, engine)),
    ...chosen.flatMap((plan) => renderHostVariables(cluster, plan, engine)),
    ...(chosen.length === plans.length ? renderProject(plans, engine) : []),
  ];
}
