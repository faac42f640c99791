/** A cluster's files. Each folder's are rendered when they are first needed. */

import { inEnglish } from "../../../src/languages/say.ts";
import { planCluster, planHost } from "../../../src/plan/host-plan.ts";
import { ansibleFolder } from "../../../src/render/ansible/layout.ts";
import { renderHostVariables, renderProject } from "../../../src/render/ansible/render-ansible.ts";
import type { Artifact } from "../../../src/render/artifact.ts";
import { ownRenderer } from "../../../src/render/own-renderer.ts";
import { renderHost } from "../../../src/render/render-host.ts";
import type { Cluster } from "../../../src/topology/model.ts";

const renderer = ownRenderer();

export class Rendering {
  readonly cluster: Cluster;
  readonly #made = new Map<string, readonly Artifact[]>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** Names of the folders that files go to. */
  get groups(): readonly string[] {
    return [...this.cluster.hosts.keys(), ansibleFolder];
  }

  /** Files of one folder, in the order in which they are made. */
  group(name: string): readonly Artifact[] {
    const files = this.#made.get(name) ?? inEnglish(() => this.#make(name));
    this.#made.set(name, files);
    return files;
  }

  file(path: string): Artifact | null {
    const group = path.slice(0, Math.max(path.indexOf("/"), 0));
    return this.group(group).find((artifact) => artifact.path === path) ?? null;
  }

  /** Every file, as `lvsgen render` writes them. */
  all(): Artifact[] {
    return this.groups.flatMap((name) => this.group(name));
  }

  #make(name: string): readonly Artifact[] {
    const { cluster } = this;
    const host = cluster.hosts.get(name);
    if (host !== undefined) return renderHost(planHost(cluster, host), renderer);
    if (name !== ansibleFolder) return [];
    const plans = planCluster(cluster);
    const managed = plans.map(({ host: each, roles }) => ({
      host: each,
      roles: roles.map(({ role }) => role),
    }));
    return [
      ...plans.flatMap((plan) => renderHostVariables(cluster, plan, renderer)),
      ...renderProject(cluster, managed, renderer),
    ];
  }
}
