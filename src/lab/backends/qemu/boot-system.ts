/** Boots a system's tree in QEMU, with the tree's own kernel. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installCommand } from "../../distributions.ts";
import { findProgram } from "../programs.ts";
import { acceleration } from "./accelerator.ts";
import { busyboxObstacle } from "./busybox.ts";
import { BOOT_MODULES, systemInitramfs } from "./initramfs.ts";
import { MACHINE_TYPES } from "./machine-types.ts";
import { plainKernel } from "./plain-kernel.ts";
import { qemuCommand, sharedSystem } from "./qemu-command.ts";
import { treeKernel } from "./usable-kernel.ts";

/** Why QEMU cannot boot a tree here with a kernel of its own, with the remedy; null where it can. */
export function treeObstacle(tree: string): string | null {
  const type = MACHINE_TYPES[process.arch];
  if (type === undefined) return `the qemu backend does not know ${process.arch}`;
  if (!findProgram(type.program)) return `QEMU is missing: ${installCommand([type.program])}`;
  const busybox = busyboxObstacle();
  if (busybox !== null) return busybox;
  const own = treeKernel(tree);
  if (typeof own === "string") return own;
  own.modules.remove();
  return null;
}

/**
 * The command that boots it, until it powers off.
 *
 * @param folder for the first file system; kept until the machine ends
 * @throws Error if there is a {@link treeObstacle}
 */
export function systemCommand(folder: string, tree: string): string[] {
  const type = MACHINE_TYPES[process.arch];
  const own = treeKernel(tree);
  if (type === undefined || typeof own === "string") throw new Error(`${tree}: ${own}`);
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
