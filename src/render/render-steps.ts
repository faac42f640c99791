/** Rendering a cluster in small steps, for who has other things to do in between. */

import { planCluster } from "../plan/host-plan.ts";
import type { Cluster } from "../topology/model.ts";
import { renderHostVariables, renderProject } from "./ansible/render-ansible.ts";
import type { Artifact } from "./artifact.ts";
import type { Engine } from "./engine-base.ts";
import { renderHost } from "./render-host.ts";

/**
 * One step a host, then one a host's Ansible variables, then what hosts share: this only with all hosts.
 * Steps depend on nothing before them, and may be done in any order.
 */
export function renderSteps(
  cluster: Cluster,
  engine: Engine,
  selected: (host: string) => boolean = () => true,
): (() => Artifact[])[] {
  const plans = planCluster(cluster);
  const chosen = plans.filter(({ host }) => selected(host.name));
  return [
    ...chosen.map((plan) => () => renderHost(plan, engine)),
    ...chosen.map((plan) => () => renderHostVariables(cluster, plan, engine)),
    ...(chosen.length === plans.length ? [() => renderProject(plans, engine)] : []),
  ];
}
