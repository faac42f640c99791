/** Kernel modules that a cluster's scripts and services name: a kernel without them proves nothing of it. */

import { readFileSync } from "node:fs";
import type { ClusterSpec } from "../spec.ts";

export interface ClusterModules {
  /** That somebody has to load: the scripts', and SCTP, which the lab's own servers speak. */
  readonly loaded: readonly string[];
  /** Schedulers: the kernel loads one for whoever names it. */
  readonly onDemand: readonly string[];
}

export function clusterModules({ hosts, services }: Pick<ClusterSpec, "hosts" | "services">): ClusterModules {
  const texts = hosts.flatMap(({ scripts }) => scripts.map(({ source }) => readFileSync(source, "utf8")));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/^ +"\$1"_module (\w+)/gm)].map(([, name = ""]) => name),
  );
  const sctp = services.some(({ protocol }) => protocol === "sctp") ? ["sctp"] : [];
  const onDemand = new Set(services.map(({ scheduler }) => `ip_vs_${scheduler}`));
  const loaded = new Set([...named, ...sctp].filter((name) => !onDemand.has(name)));
  return { loaded: [...loaded], onDemand: [...onDemand] };
}

/** All of them: where root, in a kernel of the lab's own, loads what it likes. */
export function neededModules(spec: Parameters<typeof clusterModules>[0]): string[] {
  const { loaded, onDemand } = clusterModules(spec);
  return [...loaded, ...onDemand];
}
