/**
 * QEMU: a distribution's own kernel over this machine's root, which is shared read only (9p). Every write inside goes to
 * the kernel's own memory. https://www.qemu.org/docs/master/system/invocation.html
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { filling } from "../../../base/temporary-folder.ts";
import { installCommand } from "../../distributions.ts";
import type { LabSpec } from "../../spec.ts";
import {
  type Backend,
  type KernelChoice,
  LabBroken,
  NoKernel,
  type RunOptions,
  type Standing,
} from "../backend.ts";
import { neededModules } from "../cluster-modules.ts";
import { makeDoor } from "../door.ts";
import { copyGuest } from "../guest-copy.ts";
import { findProgram, missingPrograms } from "../programs.ts";
import { runFolder } from "../run-folder.ts";
import { superviseRunner } from "../supervise.ts";
import { type Acceleration, acceleration, refuteKvm } from "./accelerator.ts";
import { busyboxObstacle } from "./busybox.ts";
import { BOOT_MODULES, initramfs } from "./initramfs.ts";
import { MACHINE_TYPES, type MachineType } from "./machine-types.ts";
import { plainKernel } from "./plain-kernel.ts";
import { type Accelerator, eventPort, qemuCommand, sharedDoor, sharedRoot } from "./qemu-command.ts";
import { EVENTS, qemuInit } from "./qemu-init.ts";
import { kernelToInstall, type UsableKernel, usableKernel } from "./usable-kernel.ts";

/** In the kernel's own overlay, where nothing is ever mounted over it. */
const WORK = "/lvsgen-lab";
/** Beside the standard ones the first: events are read there. */
const EVENT_DESCRIPTOR = 3;
/** Seconds until a kernel is there. It takes 4 where QEMU translates; other work may keep the processors busy. */
const BOOT_SECONDS: Readonly<Record<Accelerator, number>> = { kvm: 20, tcg: 60 };

export const qemu: Backend = {
  name: "qemu",
  obstacle: (spec, choice) => qemuObstacle(spec, choice) ?? missingPrograms(spec),
  standing,
  describe: describeKernel,
  lacks,
  run: runQemu,
};

/** Why no kernel can run here and how to change that, or null. */
export function qemuObstacle(spec: Parameters<Backend["obstacle"]>[0], choice: KernelChoice): string | null {
  const type = MACHINE_TYPES[process.arch];
  if (type === undefined) return `the qemu backend does not know ${process.arch}`;
  if (!findProgram(type.program)) return `QEMU is missing: ${installCommand([type.program])}`;
  const busybox = busyboxObstacle();
  if (busybox !== null) return busybox;
  try {
    usableKernel(choice, neededModules(spec)).modules.remove();
    return null;
  } catch (error) {
    if (error instanceof LabBroken) return error.message;
    throw error;
  }
}

/** In proportion to namespaces on this machine's own kernel: docs/performance.md. */
const COST: Readonly<Record<Accelerator, number>> = { kvm: 2, tcg: 4 };

function standing(choice: KernelChoice): Standing {
  const { accelerator, reason } = accelerationOf(choice);
  return { cost: COST[accelerator], note: reason };
}

function lacks(): string[] {
  const type = MACHINE_TYPES[process.arch];
  if (type === undefined) return [];
  return [...[type.program, "busybox"].filter((program) => !findProgram(program)), ...kernelToInstall()];
}

function describeKernel(choice: KernelChoice): string {
  const { modules, kernel } = usableKernel(choice);
  modules.remove();
  const { accelerator } = acceleration(machineType(), kernel);
  return `QEMU ${accelerator === "kvm" ? "with KVM" : "without KVM"} boots ${kernel.file} (Linux ${kernel.release})`;
}

function accelerationOf(choice: KernelChoice): Acceleration {
  const usable = usableKernel(choice);
  usable.modules.remove();
  return acceleration(machineType(), usable.kernel);
}

async function runQemu(spec: LabSpec, options: RunOptions): Promise<void> {
  const usable = usableKernel(options.kernel, neededModules(spec));
  try {
    const { accelerator } = acceleration(machineType(), usable.kernel);
    await boot(usable, accelerator, { spec, options }).catch((error: unknown) => {
      if (accelerator === "tcg" || !(error instanceof NoKernel) || error.complains) throw error;
      // It was tried by a kernel that does nothing, and somebody else may have taken KVM since.
      refuteKvm(machineType(), usable.kernel, "KVM does not work here: a lab's kernel did not come up");
      throw new NoKernel(error.message, { slower: translated });
    });
  } finally {
    usable.modules.remove();
  }
}

/** Without KVM. */
const translated: Backend = {
  ...qemu,
  async run(spec, options) {
    const usable = usableKernel(options.kernel, neededModules(spec));
    await boot(usable, "tcg", { spec, options }).finally(usable.modules.remove);
  },
};

interface Run {
  readonly spec: LabSpec;
  readonly options: RunOptions;
}

async function boot(usable: UsableKernel, accelerator: Accelerator, run: Run): Promise<void> {
  const { path: folder, remove } = runFolder();
  try {
    const command = filling(folder, () => kernelCommand(folder, usable, accelerator, run));
    const [program = "", ...args] = command;
    const { bootSeconds = BOOT_SECONDS[accelerator] } = run.options;
    await superviseRunner(program, args, { ...run.options, bootSeconds }, folder);
  } finally {
    remove();
  }
}

/** Writes what the kernel needs to the run's folder; the command that boots it. */
function kernelCommand(
  folder: string,
  usable: UsableKernel,
  accelerator: Accelerator,
  { spec, options }: Run,
): string[] {
  const door = options.keep ? makeDoor(folder) : null;
  const init = initOf(spec, options, folder, usable, door);
  return [
    ...machineCommand(folder, usable, accelerator, init),
    ...eventPort(EVENT_DESCRIPTOR),
    ...sharedRoot(),
    ...(door === null ? [] : sharedDoor(door)),
  ];
}

/** Writes what is to run in the kernel; the path of its PID 1. */
function initOf(
  spec: LabSpec,
  options: RunOptions,
  folder: string,
  { modules }: UsableKernel,
  door: string | null,
): string {
  const specFile = join(folder, "spec.json");
  writeFileSync(specFile, JSON.stringify({ ...spec, door }));
  const guest = copyGuest(options.guest, join(folder, "guest"));
  const command = [process.execPath, guest, "guest", specFile, EVENTS, WORK];
  const init = join(folder, "init");
  writeFileSync(init, qemuInit({ command, modules: modules.folder, door }), { mode: 0o755 });
  return init;
}

function machineCommand(
  folder: string,
  { kernel, index }: UsableKernel,
  accelerator: Accelerator,
  init: string,
): string[] {
  const file = join(folder, "initramfs");
  writeFileSync(file, initramfs(index.filesOf(BOOT_MODULES), init));
  const image = accelerator === "tcg" ? plainKernel(kernel.file) : kernel.file;
  return qemuCommand({ type: machineType(), accelerator, kernel: image, initramfs: file });
}

function machineType(): MachineType {
  const type = MACHINE_TYPES[process.arch];
  if (type === undefined) throw new LabBroken(`the qemu backend does not know ${process.arch}`);
  return type;
}
