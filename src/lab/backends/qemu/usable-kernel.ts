/** The kernel that a lab under QEMU boots. */

import { join } from "node:path";
import { installCommand, KERNEL } from "../../distributions.ts";
import { type KernelChoice, LabBroken } from "../backend.ts";
import { NEEDED_MODULES } from "../guest-init.ts";
import { type ModuleIndex, readModuleIndex } from "../module-index.ts";
import { type IndexedModules, indexedModules } from "./indexed-modules.ts";
import { BOOT_MODULES } from "./initramfs.ts";
import { installedKernels, type Kernel, namedKernel, requireReadable } from "./kernels.ts";

export interface UsableKernel {
  readonly kernel: Kernel;
  readonly modules: IndexedModules;
  readonly index: ModuleIndex;
}

/**
 * The named kernel, or the newest of this machine that has what the lab needs.
 *
 * @param more modules, besides those that every lab needs
 * @throws LabBroken saying of each kernel why it will not do
 */
export function usableKernel({ file, modules }: KernelChoice, more: readonly string[] = []): UsableKernel {
  if (file !== null) return requireUsable(namedKernel(file, modules), more);
  const reasons: string[] = [];
  for (const kernel of installedKernels()) {
    try {
      return requireUsable(kernel, more);
    } catch (error) {
      if (!(error instanceof LabBroken)) throw error;
      reasons.push(error.message);
    }
  }
  throw new LabBroken(
    reasons.join("; ") ||
      `no kernel with modules in /boot: ${installCommand([KERNEL])}, or name one with --kernel`,
  );
}

/** The newest kernel of a system's tree that QEMU can boot here with that tree; null where there is none. */
export function treeKernel(tree: string): UsableKernel | null {
  for (const kernel of installedKernels([join(tree, "boot")])) {
    // One that is installed on this machine too has its modules there, which the tree lacks.
    if (!kernel.modules.startsWith(`${tree}/`)) continue;
    try {
      return requireUsable(kernel);
    } catch (error) {
      if (!(error instanceof LabBroken)) throw error;
    }
  }
  return null;
}

function requireUsable(kernel: Kernel, more: readonly string[] = []): UsableKernel {
  requireReadable(kernel.file);
  const modules = indexedModules(kernel);
  const index = readModuleIndex(modules.folder);
  const missing = index.missing([...BOOT_MODULES, ...NEEDED_MODULES]);
  const lacking = index.missing(more);
  if (missing.length + lacking.length === 0) return { kernel, modules, index };
  modules.remove();
  throw new LabBroken(
    missing.length > 0
      ? `${kernel.file} lacks ${missing.join(", ")}${hintFor(kernel)}`
      : `${kernel.file} lacks ${lacking.join(", ")}, which the cluster needs: name a kernel that has it with --kernel`,
  );
}

/** Kernels of distributions that are made for something else have a package beside them, or another kernel. */
function hintFor({ release }: Kernel): string {
  if (release.includes("cloud")) return ` (a kernel for clouds: ${installCommand([KERNEL])})`;
  if (release.endsWith("-generic")) return ` (apt install linux-modules-extra-${release})`;
  return "";
}
