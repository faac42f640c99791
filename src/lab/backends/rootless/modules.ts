/** Kernel modules that a lab without root needs and cannot load. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { ClusterSpec } from "../../spec.ts";
import { findProgram } from "../programs.ts";

/**
 * @param more modules, besides those that the scripts load
 * @returns a line that names what is missing, with the remedy; null where nothing is
 */
export function missingModules(
  { hosts, services }: Pick<ClusterSpec, "hosts" | "services">,
  more: readonly string[] = [],
): string | null {
  const texts = hosts.flatMap(({ scripts }) => scripts.map(({ source }) => readFileSync(source, "utf8")));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/^ +"\$1"_module (\w+)/gm)].map(([, name = ""]) => name),
  );
  const sctp = services.some(({ protocol }) => protocol === "sctp") ? ["sctp"] : [];
  // The kernel itself loads a scheduler for whoever names it.
  const schedulers = new Set(services.map(({ scheduler }) => `ip_vs_${scheduler}`));
  const missing = [...new Set([...named, ...more, ...sctp])].filter(
    (name) => !schedulers.has(name) && !isThere(name),
  );
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
