/**
 * A folder of modules that modprobe can use. Installed kernels have one. A package that was only unpacked lacks the
 * index, which is then made once, in lvsgen's cache.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { cacheFile } from "../../../base/cache-files.ts";
import { atEnd } from "../../../base/ending.ts";
import { sha256Hex } from "../../../base/sha256.ts";
import { temporaryFolder } from "../../../base/temporary-folder.ts";
import { installCommand } from "../../distributions.ts";
import { LabBroken } from "../backend.ts";
import { isIndexed } from "../module-index.ts";
import { findProgram } from "../programs.ts";
import type { Kernel } from "./kernels.ts";

export interface IndexedModules {
  readonly folder: string;
  /** Removes what was made for this run only. */
  readonly remove: () => void;
}

/** @throws LabBroken if the index cannot be made */
export function indexedModules(kernel: Kernel): IndexedModules {
  const remove = (): void => {};
  if (isIndexed(kernel.modules)) return { folder: kernel.modules, remove };
  const kept = keptFolder(kernel);
  const inCache = versionFolder(kept, kernel);
  if (isIndexed(inCache) || makeKept(kernel, kept)) return { folder: inCache, remove };
  const temporary = temporaryFolder("lvsgen-lab-modules-");
  try {
    makeIndex(kernel, temporary.path);
  } catch (error) {
    temporary.remove();
    throw error;
  }
  return { folder: versionFolder(temporary.path, kernel), remove: temporary.remove };
}

/** Of a package that is unpacked again, another. */
function keptFolder({ modules, release }: Kernel): string {
  const key = sha256Hex(`${modules}\n${release}\n${statSync(modules).mtimeMs}`);
  return cacheFile(`lab-modules-${key}`, process.env);
}

/** In one step, as another lab may do the same. Whether it is there now: not on a full disk, or in a home that is read-only. */
function makeKept(kernel: Kernel, kept: string): boolean {
  const making = `${kept}.${process.pid}`;
  const clear = (): void => rmSync(making, { recursive: true, force: true });
  const forget = atEnd(clear);
  try {
    makeIndex(kernel, making);
    renameSync(making, kept);
  } catch {
    // Then the other lab's may be there.
  } finally {
    clear();
    forget();
  }
  return isIndexed(versionFolder(kept, kernel));
}

/** depmod writes beside what it reads: links lead it to the kernel's folder. */
function makeIndex(kernel: Kernel, base: string): void {
  const folder = versionFolder(base, kernel);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(kernel.modules)) symlinkSync(join(kernel.modules, name), join(folder, name));
  const depmod = findProgram("depmod");
  if (depmod === null) throw new LabBroken(`the qemu backend needs depmod: ${installCommand(["depmod"])}`);
  const { status, stderr, error } = spawnSync(depmod, ["-b", base, kernel.release], { encoding: "utf8" });
  if (status === 0 && isIndexed(folder)) return;
  throw new LabBroken(
    `depmod cannot index ${kernel.modules}: ${error?.message ?? stderr.trim().split("\n")[0]}`,
  );
}

function versionFolder(base: string, { release }: Kernel): string {
  return join(base, "lib/modules", release);
}
