/** The command that boots a kernel in QEMU. */

import { findProgram } from "../programs.ts";
import { DOOR_TAG, ROOT_TAG } from "./initramfs.ts";
import type { MachineType } from "./machine-types.ts";

/** How QEMU runs a kernel's instructions: on the processor itself, or translated. */
export type Accelerator = "kvm" | "tcg";

/** Memory of a kernel in MB; only what is touched is taken. */
const MEMORY_MB = 1024;

/** MB for translated code. Too little, and all of it is translated again. */
const TRANSLATED_MB = 512;

const ACCELERATION: Readonly<Record<Accelerator, readonly string[]>> = {
  kvm: ["-accel", "kvm"],
  tcg: ["-accel", `tcg,thread=multi,tb-size=${TRANSLATED_MB}`],
};

/**
 * `panic=-1`: a kernel that dies restarts, and QEMU ends. `norandmaps`: each program is at the same address, so that
 * what was translated of it is used again; three times as fast.
 */
const KERNEL_ARGUMENTS = [
  "panic=-1",
  "quiet",
  "mitigations=off",
  "norandmaps",
  "random.trust_cpu=on",
  "initcall_blacklist=raid6_select_algo",
  // What protects a kernel from its programs costs time, and these are the lab's own.
  "init_on_alloc=0",
  "lsm=capability",
  "audit=0",
  "cgroup_disable=memory",
  "nowatchdog",
  // Namespaces end at once, not after a pause of all processors.
  "rcupdate.rcu_expedited=1",
];

export interface QemuMachine {
  readonly type: MachineType;
  readonly accelerator: Accelerator;
  readonly kernel: string;
  readonly initramfs: string;
  /** A system of its own: a restart boots the kernel again; left out, it ends the machine. */
  readonly isSystem?: boolean;
}

/** A machine that has no devices but its console, which is the process's own standard input and output. */
export function qemuCommand({
  type,
  accelerator,
  kernel,
  initramfs,
  isSystem = false,
}: QemuMachine): [string, ...string[]] {
  return [
    findProgram(type.program) ?? type.program,
    "-nodefaults",
    "-no-user-config",
    ...["-display", "none"],
    ...(isSystem ? [] : ["-no-reboot"]),
    ...type.machine,
    ...ACCELERATION[accelerator],
    ...["-cpu", accelerator === "kvm" ? type.ownProcessor : type.translatedProcessor],
    ...["-smp", "1"],
    ...["-m", String(MEMORY_MB)],
    ...["-kernel", kernel],
    ...["-initrd", initramfs],
    ...["-append", kernelArguments(type, isSystem).join(" ")],
    ...["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"],
  ];
}

function kernelArguments({ console }: MachineType, isSystem: boolean): string[] {
  // Without udev, systemd would wait for a minute and a half for the device of a login that nobody wants.
  const login = isSystem ? [`systemd.mask=serial-getty@${console}.service`] : [];
  return [`console=${console}`, ...KERNEL_ARGUMENTS, ...login];
}

/** A way out for events: the process's file descriptor, a socket, becomes the first port of the machine. */
export function eventPort(descriptor: number): string[] {
  return [
    ...["-device", "virtio-serial-pci"],
    ...["-chardev", `socket,id=events,fd=${descriptor}`],
    ...["-device", "virtserialport,chardev=events,name=lvsgen"],
  ];
}

/** The machine's root, which the kernel inside cannot change. */
export function sharedRoot(): string[] {
  return ["-virtfs", `local,path=/,mount_tag=${ROOT_TAG},security_model=none,readonly=on,multidevs=remap`];
}

/** A folder that both write to. */
export function sharedDoor(folder: string): string[] {
  return sharedFolder(folder, DOOR_TAG);
}

/** A system's own root, which it may change. */
export function sharedSystem(folder: string): string[] {
  return sharedFolder(folder, ROOT_TAG);
}

function sharedFolder(folder: string, tag: string): string[] {
  // QEMU's own way to write a comma.
  const path = folder.replaceAll(",", ",,");
  return ["-virtfs", `local,path=${path},mount_tag=${tag},security_model=none,multidevs=remap`];
}
