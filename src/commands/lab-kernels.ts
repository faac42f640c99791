/** Options of `lvsgen lab` about the kernel that proves a cluster. */

import { existsSync } from "node:fs";
import { isFolder } from "../base/is-folder.ts";
import { ANY_KERNEL, type KernelChoice } from "../lab/backends/backend.ts";
import type { BackendName } from "../lab/run-lab.ts";
import type { Arguments } from "./arguments.ts";
import { UsageError } from "./shared.ts";

export const kernelOptions = {
  backend: {
    kind: "choice",
    choices: ["netns", "qemu", "uml"],
    describe: "What runs the kernel; the fastest that works here by default",
  },
  kernel: {
    kind: "list",
    of: "path",
    value: "FILE",
    describe: "Kernel that QEMU boots, e.g. /boot/vmlinuz-6.1.0-9-amd64; several: one after the other",
  },
  modules: {
    kind: "list",
    of: "path",
    value: "FOLDER",
    describe: "Modules of --kernel, if they are not in /lib/modules",
  },
} as const satisfies Arguments;

interface KernelArguments {
  readonly backend?: BackendName | undefined;
  readonly kernel?: readonly string[] | undefined;
  readonly modules?: readonly string[] | undefined;
  readonly shell?: string | undefined;
  readonly keep: boolean;
}

export interface KernelPlan {
  /** Null chooses. */
  readonly backend: BackendName | null;
  /** Kernels to run in, one after the other. */
  readonly choices: readonly KernelChoice[];
}

/** @throws UsageError for options that contradict each other, and files that are not there */
export function kernelPlan(args: KernelArguments): KernelPlan {
  const { backend = null, kernel: files = [], modules = [] } = args;
  for (const folder of modules) requireFolder(folder);
  for (const file of files) if (!existsSync(file)) throw new UsageError(`--kernel ${file}: no such file`);
  if (files.length === 0) {
    if (modules.length > 0) throw new UsageError("--modules needs --kernel");
    return { backend, choices: [ANY_KERNEL] };
  }
  if (backend !== null && backend !== "qemu")
    throw new UsageError(`--kernel needs QEMU: it has no effect with --backend ${backend}`);
  if (files.length > 1 && (args.keep || args.shell !== undefined))
    throw new UsageError(`${args.keep ? "--keep" : "--shell"} needs a single --kernel`);
  return { backend: "qemu", choices: files.map((file) => ({ file, modules })) };
}

function requireFolder(folder: string): void {
  if (!isFolder(folder)) throw new UsageError(`--modules ${folder}: no such folder`);
}
