/** A kernel module that is not there. */

import { readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "./machine.ts";

/** Kernel's helper for modules it wants loaded (Documentation/admin-guide/sysctl/kernel.rst). */
const HELPER = "/proc/sys/kernel/modprobe";

/** Set by the init script of a kernel that is the lab's alone. */
const OWN_KERNEL = "LVSGEN_LAB_OWN_KERNEL";

/**
 * Runs something while a module cannot be had: really unloaded in a kernel of our own; in a machine's kernel, which
 * others use, the host does not see its kernel's modules, and its programs behave as if.
 */
export async function withoutModule<T>(machine: Machine, name: string, run: () => Promise<T>): Promise<T> {
  const { toolbox } = machine.namespace;
  toolbox.replace(
    "modprobe",
    () =>
      `#!/bin/sh\ncase " $* " in *" -q "*) ;; *) echo "modprobe: FATAL: Module ${name} not found" >&2 ;; esac\nexit 1\n`,
  );
  if (!isOwnKernel()) {
    toolbox.replace(
      "ipvsadm",
      () => '#!/bin/sh\necho "Can\'t initialize ipvs: Protocol not available" >&2\nexit 255\n',
    );
    return withoutSight(machine, run);
  }
  const helper = readFileSync(HELPER, "utf8").trim();
  const family = loadedModules().filter((module) => module === name || module.startsWith(`${name}_`));
  writeFileSync(HELPER, "/bin/false");
  const removed = await machine.run(["rmmod", ...family.filter((module) => module !== name), name]);
  if (removed.code !== 0) throw new Error(`cannot unload ${name}: ${removed.stderr.trim()}`);
  try {
    return await finallyReset(machine, run);
  } finally {
    writeFileSync(HELPER, helper);
    await machine.run(["modprobe", name]);
  }
}

/** Hides what tells of loaded modules, in the host's own mount namespace. */
async function withoutSight<T>(machine: Machine, run: () => Promise<T>): Promise<T> {
  const hidden = await machine.run([
    "sh",
    "-c",
    "mount -t tmpfs -o mode=755 tmpfs /sys/module && mount --bind /dev/null /proc/modules",
  ]);
  if (hidden.code !== 0) throw new Error(`cannot hide the kernel's modules: ${hidden.stderr.trim()}`);
  try {
    return await finallyReset(machine, run);
  } finally {
    await machine.run(["umount", "/proc/modules", "/sys/module"]);
  }
}

/** Whether the kernel is the lab's alone, so that its modules may come and go. */
export function isOwnKernel(): boolean {
  return process.env[OWN_KERNEL] === "1";
}

/** Unloads the schedulers nobody uses, as on a host where none was ever loaded. */
export async function forgetSchedulers(machine: Machine): Promise<void> {
  if (!isOwnKernel()) return;
  const unused = readModules().filter(([name, , users]) => name?.startsWith("ip_vs_") && users === "0");
  if (unused.length > 0) await machine.run(["rmmod", ...unused.map(([name = ""]) => name)]);
}

async function finallyReset<T>(machine: Machine, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    machine.namespace.toolbox.reset();
  }
}

export function isLoaded(name: string): boolean {
  return loadedModules().includes(name);
}

function loadedModules(): string[] {
  return readModules().map(([name = ""]) => name);
}

/** Name, size, users of each. */
function readModules(): string[][] {
  const lines = readFileSync("/proc/modules", "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => line.split(" "));
}
