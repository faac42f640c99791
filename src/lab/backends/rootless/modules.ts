/** Kernel modules that a lab without root needs and cannot load. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { ClusterSpec } from "../../spec.ts";
import { clusterModules } from "../cluster-modules.ts";
import { findProgram } from "../programs.ts";

/**
 * @param more modules, besides those that the scripts load
 * @returns a line that names what is missing, with the remedy; null where nothing is
 */
export function missingModules(
  spec: Pick<ClusterSpec, "hosts" | "services">,
  more: readonly string[] = [],
): string | null {
  const { loaded } = clusterModules(spec);
  const missing = [...new Set([...loaded, ...more])].filter((name) => !isThere(name));
  if (missing.length === 0) return null;
  return `kernel modules that only root can load are missing: sudo modprobe -a ${missing.join(" ")}, or run the lab as root`;
}

/** Loaded, or built in: then modprobe has nothing to load. */
function isThere(module: string): boolean {
  if (existsSync(`/sys/module/${module}`)) return true;
  const modprobe = findProgram("modprobe") ?? "modprobe";
  const { status, stdout } = spawnSync(modprobe, ["-n", "-v", module], { encoding: "utf8" });
  return status === 0 && stdout.trim() === "";
}
