/** User-Mode Linux's program on this machine: whether it is here, and the command that runs it. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./programs.ts";
import { WHOLE_XSTATE } from "./uml-xstate.ts";

export const MODULES = "/usr/lib/uml/modules";

/** Why no kernel can run here and how to change that, or null. */
export function umlObstacle(hasLargeState = largeState(), find = findProgram): string | null {
  if (!find("linux.uml")) return "no User-Mode Linux here: apt install user-mode-linux";
  if (!existsSync(MODULES)) return `no kernel modules in ${MODULES}: apt install user-mode-linux`;
  if (hasLargeState && !find("cc"))
    return "this processor has AMX, for which User-Mode Linux needs a small library that a C compiler makes: apt install gcc";
  return null;
}

/**
 * @param folder where a library may be written that the kernel needs on this processor; kept until the kernel ends
 * @param args the kernel's
 * @throws Error with the compiler's words, where it cannot make the library
 */
export function umlCommand(
  folder: string,
  args: readonly string[],
  hasLargeState = largeState(),
): [program: string, ...args: string[]] {
  const program = findProgram("linux.uml") ?? "linux.uml";
  if (!hasLargeState) return [program, ...args];
  return ["env", `LD_PRELOAD=${compile(folder)}`, program, ...args];
}

/**
 * AMX makes a process's registers 11 008 bytes, and the host's kernel takes no part of them. User-Mode Linux 6.1 has
 * 2 696 for them, and panics at the first program it runs.
 */
function largeState(): boolean {
  return /^flags\s*:.* amx_tile\b/m.test(readFileSync("/proc/cpuinfo", "utf8"));
}

function compile(folder: string): string {
  const library = join(folder, "whole-xstate.so");
  const { status, stderr, error } = spawnSync(
    "cc",
    ["-shared", "-nostdlib", "-fPIC", "-O2", "-o", library, "-x", "c", "-"],
    { input: WHOLE_XSTATE, encoding: "utf8", timeout: 60_000 },
  );
  if (status !== 0) throw new Error(`cc cannot make what User-Mode Linux needs: ${error ?? stderr}`);
  return library;
}
