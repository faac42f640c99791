/** A cluster's files, each made when it is first asked for. */

import { precompiled } from "#precompiled";
import { ansibleFolder } from "../../../src/render/ansible/layout.ts";
import type { Artifact } from "../../../src/render/artifact.ts";
import { createPrecompiledEngine } from "../../../src/render/precompiled-engine.ts";
import { renderSteps } from "../../../src/render/render-steps.ts";
import type { Cluster } from "../../../src/topology/model.ts";

const engine = createPrecompiledEngine(precompiled);

export class Rendering {
  readonly cluster: Cluster;
  readonly #steps: readonly (() => Artifact[])[];
  readonly #done: (readonly Artifact[] | undefined)[] = [];
  readonly #hosts: readonly string[];

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    this.#steps = renderSteps(cluster, engine);
    this.#hosts = [...cluster.hosts.keys()];
  }

  /** Names of the folders that files go to. */
  get groups(): readonly string[] {
    return [...this.#hosts, ansibleFolder];
  }

  /** Files of one folder, in the order in which they are made. */
  group(name: string): readonly Artifact[] {
    const host = this.#hosts.indexOf(name);
    if (host >= 0) return this.#step(host);
    if (name !== ansibleFolder) return [];
    return this.#steps.slice(this.#hosts.length).flatMap((_, at) => this.#step(this.#hosts.length + at));
  }

  file(path: string): Artifact | null {
    const group = path.slice(0, Math.max(path.indexOf("/"), 0));
    return this.group(group).find((artifact) => artifact.path === path) ?? null;
  }

  /** Every file, as `lvsgen render` writes them. */
  all(): Artifact[] {
    return this.#steps.flatMap((_, at) => this.#step(at));
  }

  #step(at: number): readonly Artifact[] {
    const files = this.#done[at] ?? this.#steps[at]?.() ?? [];
    this.#done[at] = files;
    return files;
  }
}
