/** A kernel module that is not there. */

import { readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "./machine.ts";

/** Kernel's helper for modules it wants loaded (Documentation/admin-guide/sysctl/kernel.rst). */
const HELPER = "/proc/sys/kernel/modprobe";

/** Set by the init script of a kernel that is the lab's alone. */
const OWN_KERNEL = "LVSGEN_LAB_OWN_KERNEL";

/**
 * Runs something while a module cannot be had: really unloaded in a kernel of our own; in a machine's kernel,
 * which others use, the host's programs only behave as if.
 */
export async function withoutModule<T>(machine: Machine, name: string, run: () => Promise<T>): Promise<T> {
  const { toolbox } = machine.namespace;
  toolbox.replace(
    "modprobe",
    () => `#!/bin/sh\necho "modprobe: FATAL: Module ${name} not found" >&2\nexit 1\n`,
  );
  if (process.env[OWN_KERNEL] !== "1") {
    toolbox.replace(
      "ipvsadm",
      () => '#!/bin/sh\necho "Can\'t initialize ipvs: Protocol not available" >&2\nexit 255\n',
    );
    return finallyReset(machine, run);
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

async function finallyReset<T>(machine: Machine, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    machine.namespace.toolbox.reset();
  }
}

function loadedModules(): string[] {
  return readFileSync("/proc/modules", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "")
    .filter((name) => name !== "");
}
