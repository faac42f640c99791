/** Boots a system's tree in QEMU, with the tree's own kernel. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../programs.ts";
import { acceleration } from "./accelerator.ts";
import { BOOT_MODULES, systemInitramfs } from "./initramfs.ts";
import { MACHINE_TYPES } from "./machine-types.ts";
import { plainKernel } from "./plain-kernel.ts";
import { qemuCommand, sharedSystem } from "./qemu-command.ts";
import { treeKernel } from "./usable-kernel.ts";

/** Whether QEMU can boot a tree here with a kernel of its own. */
export function bootsItself(tree: string): boolean {
  const type = MACHINE_TYPES[process.arch];
  if (type === undefined || !findProgram(type.program) || !findProgram("busybox")) return false;
  const own = treeKernel(tree);
  own?.modules.remove();
  return own !== null;
}

/**
 * The command that boots it, until it powers off.
 *
 * @param folder for the first file system; kept until the machine ends
 * @throws Error if {@link bootsItself} is false
 */
export function systemCommand(folder: string, tree: string): string[] {
  const type = MACHINE_TYPES[process.arch];
  const own = treeKernel(tree);
  if (type === undefined || own === null) throw new Error(`${tree} has no kernel that QEMU boots`);
  const { kernel, index, modules } = own;
  const file = join(folder, "initramfs");
  writeFileSync(file, systemInitramfs(index.filesOf(BOOT_MODULES)));
  modules.remove();
  const { accelerator } = acceleration(type, kernel);
  const image = accelerator === "tcg" ? plainKernel(kernel.file) : kernel.file;
  return [
    ...qemuCommand({ type, accelerator, kernel: image, initramfs: file, isSystem: true }),
    ...sharedSystem(tree),
  ];
}
