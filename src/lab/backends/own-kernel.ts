/** This machine's own kernel: whether it has what a lab in namespaces needs. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import type { ClusterSpec } from "../spec.ts";
import { neededModules } from "./cluster-modules.ts";
import { isIndexed, readModuleIndex } from "./module-index.ts";
import { findProgram } from "./programs.ts";
import { probeNamespaces } from "./rootless/user-namespace.ts";

type Spec = Pick<ClusterSpec, "services" | "hosts">;

/** Why root cannot run a cluster's lab in namespaces; null when it can. */
export function rootObstacle(spec: Spec): string | null {
  const reason = refusal();
  if (reason !== null) return reason;
  if (spec.services.length > 0 && !hasIpvs()) return "this kernel has no ip_vs (modprobe ip_vs fails)";
  return lackingModules(spec);
}

/**
 * Modules that nobody can load, as the kernel does not have them. Null also where nobody knows: in a container that has
 * no list of its machine's modules.
 *
 * @param folder of the modules of the kernel that runs
 */
export function lackingModules(spec: Spec, folder = join("/lib/modules", release())): string | null {
  if (!isIndexed(folder)) return null;
  const lacking = readModuleIndex(folder)
    .missing(["bridge", "veth", "dummy", ...neededModules(spec)])
    .filter((name) => !existsSync(`/sys/module/${name}`));
  if (lacking.length === 0) return null;
  return `this machine's Linux ${release()} lacks ${lacking.join(", ")}, which the cluster's lab needs`;
}

function hasIpvs(): boolean {
  if (existsSync("/proc/net/ip_vs")) return true;
  const modprobe = findProgram("modprobe");
  return modprobe !== null && spawnSync(modprobe, ["ip_vs"]).status === 0 && existsSync("/proc/net/ip_vs");
}

let refused: string | null | undefined;

/** Root of a container may have fewer rights than root. It does not change while a command runs. */
function refusal(): string | null {
  if (refused === undefined) refused = tryNamespaces();
  return refused;
}

function tryNamespaces(): string | null {
  const { step, said } = probeNamespaces([]);
  if (step === "ready") return null;
  return `root may not make ${step ?? "namespaces"} here (${said}), as in a container without its capabilities`;
}
