/** The kernel that a lab under QEMU boots. */

import { join } from "node:path";
import { installCommand, KERNEL } from "../../distributions.ts";
import { type KernelChoice, LabBroken } from "../backend.ts";
import { NEEDED_MODULES } from "../guest-init.ts";
import { isIndexed, type ModuleIndex, readModuleIndex } from "../module-index.ts";
import { type IndexedModules, indexedModules } from "./indexed-modules.ts";
import { BOOT_MODULES } from "./initramfs.ts";
import { installedKernels, isReadable, type Kernel, namedKernel, requireReadable } from "./kernels.ts";
import { missingDecompressor } from "./module-content.ts";

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

/** The newest kernel of a system's tree that QEMU can boot here with that tree; where there is none, why. */
export function treeKernel(tree: string): UsableKernel | string {
  const reasons: string[] = [];
  for (const kernel of installedKernels([join(tree, "boot")])) {
    // One that is installed on this machine too has its modules there, which the tree lacks.
    if (!kernel.modules.startsWith(`${tree}/`)) continue;
    try {
      return requireUsable(kernel);
    } catch (error) {
      if (!(error instanceof LabBroken)) throw error;
      reasons.push(error.message);
    }
  }
  return reasons[0] ?? "QEMU boots a tree that has a kernel with modules: install one in it";
}

function requireUsable(kernel: Kernel, more: readonly string[] = []): UsableKernel {
  requireReadable(kernel.file);
  const modules = indexedModules(kernel);
  const index = readModuleIndex(modules.folder);
  const missing = index.missing([...BOOT_MODULES, ...NEEDED_MODULES]);
  const lacking = index.missing(more);
  const decompressor = missingDecompressor(index.filesOf(BOOT_MODULES));
  if (missing.length + lacking.length === 0 && decompressor === null) return { kernel, modules, index };
  modules.remove();
  if (missing.length > 0)
    throw new LabBroken(`${kernel.file} lacks ${missing.join(", ")}: ${remedyFor(kernel)}`);
  if (lacking.length > 0)
    throw new LabBroken(
      `${kernel.file} lacks ${lacking.join(", ")}, which the cluster needs: name a kernel that has it with --kernel`,
    );
  throw new LabBroken(
    `the modules of ${kernel.file} are compressed, and ${decompressor} is missing: ${installCommand([String(decompressor)])}`,
  );
}

function remedyFor(kernel: Kernel): string {
  const thing = neededBeside(kernel);
  return thing === null ? "name another kernel with --kernel" : installCommand([thing]);
}

/** Kernels of distributions that are made for something else have a package beside them, or another kernel. */
function neededBeside({ release }: Kernel): string | null {
  if (release.includes("cloud")) return KERNEL;
  return release.endsWith("-generic") ? `linux-modules-extra-${release}` : null;
}

/** What to install for QEMU to have a kernel here; empty where that is of no use. */
export function kernelToInstall(kernels = installedKernels()): string[] {
  if (kernels.length === 0) return [KERNEL];
  const [newest] = kernels.filter(({ file }) => isReadable(file));
  if (newest === undefined) return [];
  const modules = isIndexed(newest.modules) ? readModuleIndex(newest.modules) : null;
  if (modules === null || modules.missing([...BOOT_MODULES, ...NEEDED_MODULES]).length > 0)
    return [neededBeside(newest) ?? []].flat();
  return [missingDecompressor(modules.filesOf(BOOT_MODULES)) ?? []].flat();
}
