/** Kernels that a cluster's hosts run, to compare with the one that proved it. */

import type { Cluster } from "../../topology/model.ts";
import type { LabEvent } from "../events.ts";

export interface TargetKernels {
  /** Title of the operating system, e.g. `Debian 12`. */
  readonly system: string;
  /** Those of its packages, or the one that the topology names, as `major.minor`. */
  readonly kernels: readonly string[];
  /** Hosts that have a script. */
  readonly hosts: readonly string[];
}

export function targetKernels({ hosts }: Pick<Cluster, "hosts">): TargetKernels[] {
  const targets = new Map<string, { system: string; kernels: readonly string[]; hosts: string[] }>();
  for (const { name, platform, kernel } of hosts.values()) {
    const kernels = kernel === platform.kernel ? platform.kernels : [kernel];
    const key = `${platform.title} ${kernels.join()}`;
    const known = targets.get(key);
    if (known === undefined) targets.set(key, { system: platform.title, kernels, hosts: [name] });
    else known.hosts.push(name);
  }
  return [...targets.values()];
}

/** Names of hosts that a line has room for. */
const MOST_NAMES = 6;

/** `its hosts run Linux 6.1 (Debian 12: d, rs1)`; with several kernels the oldest and the newest. */
export function targetText(targets: readonly TargetKernels[]): string {
  const parts = targets.map(({ system, kernels, hosts }) => {
    const names = hosts.length > MOST_NAMES ? `${hosts.length} hosts` : hosts.join(", ");
    return `Linux ${[...new Set([kernels[0], kernels.at(-1)])].join(" to ")} (${system}: ${names})`;
  });
  return `its hosts run ${parts.join(", ")}\n`;
}

/** With several kernels, the line above what each of them proves. */
export class KernelHeadings {
  #last = "";

  heading(event: LabEvent): string {
    if (event.type !== "started" || event.kernel === this.#last) return "";
    this.#last = event.kernel;
    return `Linux ${event.kernel}:\n`;
  }
}
