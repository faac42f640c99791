/** User-Mode Linux's program on this machine: whether it is here, and the command that runs it. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { hasUml, installCommand } from "../distributions.ts";
import { compileLibrary } from "./compile-library.ts";
import { findProgram } from "./programs.ts";
import { memoryFolder, memoryObstacle } from "./uml-memory.ts";
import { WHOLE_XSTATE } from "./uml-xstate.ts";

export const MODULES = "/usr/lib/uml/modules";

/** Why no kernel can run here and how to change that, or null. */
export function umlObstacle(isLarge = hasLargeState, find = findProgram): string | null {
  if (!find("linux.uml"))
    return hasUml()
      ? `User-Mode Linux is missing: ${installCommand(["linux.uml"])}`
      : "User-Mode Linux is a package of Debian and Ubuntu, for x86 only";
  if (!existsSync(MODULES)) return `no kernel modules in ${MODULES}: ${installCommand(["linux.uml"])}`;
  if (isLarge() && !find("cc"))
    return `this processor has AMX, for which User-Mode Linux needs a small library that a C compiler makes: ${installCommand(["cc"])}`;
  return memoryObstacle();
}

/** Releases of its kernel. */
export function umlReleases(): string[] {
  return existsSync(MODULES) ? readdirSync(MODULES) : [];
}

/**
 * @param folder where a library may be written that the kernel needs on this processor; kept until the kernel ends
 * @param args the kernel's
 * @throws LabBroken with the compiler's words, where it cannot make the library
 */
export function umlCommand(
  folder: string,
  args: readonly string[],
  isLarge = hasLargeState,
): [program: string, ...args: string[]] {
  const library = isLarge() ? [`LD_PRELOAD=${compileLibrary(folder, "whole-xstate", WHOLE_XSTATE)}`] : [];
  return [
    "env",
    `TMPDIR=${memoryFolder() ?? tmpdir()}`,
    ...library,
    findProgram("linux.uml") ?? "linux.uml",
    ...args,
  ];
}

/**
 * AMX makes a process's registers 11 008 bytes, and the host's kernel takes no part of them. User-Mode Linux 6.1 has
 * 2 696 for them, and panics at the first program it runs.
 */
export function hasLargeState(): boolean {
  return /^flags\s*:.* amx_tile\b/m.test(readFileSync("/proc/cpuinfo", "utf8"));
}
