/**
 * User-Mode Linux: a whole kernel as one ordinary process over this machine's root file system (hostfs).
 * Every write inside goes to an overlay in the kernel's own memory.
 * https://docs.kernel.org/virt/uml/user_mode_linux_howto_v2.html
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { filling } from "../../base/temporary-folder.ts";
import { hasUml } from "../distributions.ts";
import type { LabSpec } from "../spec.ts";
import type { Backend, RunOptions } from "./backend.ts";
import { neededModules } from "./cluster-modules.ts";
import { makeDoor } from "./door.ts";
import { copyGuest } from "./guest-copy.ts";
import { readModuleIndex } from "./module-index.ts";
import { onOneProcessor } from "./processors.ts";
import { findProgram, missingPrograms } from "./programs.ts";
import { runFolder } from "./run-folder.ts";
import { superviseRunner } from "./supervise.ts";
import { initScript } from "./uml-init.ts";
import { hasLargeState, MODULES, umlCommand, umlObstacle, umlReleases } from "./uml-kernel.ts";

/** Memory of a kernel: enough for some twenty Node children; only what is touched is taken. */
const MEMORY_MB = 1024;
/** Arguments of a kernel that boots in half the time: it does not measure how RAID's checksums are computed the fastest. */
export const QUICK_BOOT = ["quiet", "initcall_blacklist=raid6_select_algo,calibrate_xor_blocks"];
/** Events leave by a serial line: the console is the kernel's. */
const EVENTS = "/dev/ttyS0";
/** In the kernel's own overlay, where nothing is ever mounted over it. */
const WORK = "/lvsgen-lab";
/** Seconds until a kernel is there. It takes 2; other work may keep the processors busy. */
const BOOT_SECONDS = 60;
/** In proportion to namespaces on this machine's own kernel: docs/performance.md. */
const COST = 3;

export const uml: Backend = {
  name: "uml",
  obstacle(spec) {
    return umlObstacle() ?? umlLacks(spec) ?? missingPrograms(spec);
  },
  standing: () => ({ cost: COST, note: null }),
  describe: () => `User-Mode Linux ${umlReleases().join(", ")}`,
  lacks: umlLacksHere,
  run: runUml,
};

function umlLacksHere(): string[] {
  return hasUml()
    ? ["linux.uml", ...(hasLargeState() ? ["cc"] : [])].filter((program) => !findProgram(program))
    : [];
}

/** Its kernel is the one of its package. */
function umlLacks(spec: Parameters<typeof neededModules>[0]): string | null {
  const needed = neededModules(spec);
  const lacking = umlReleases().flatMap((release) => readModuleIndex(join(MODULES, release)).missing(needed));
  return lacking.length === 0
    ? null
    : `User-Mode Linux's kernel lacks ${lacking.join(", ")}, which the cluster needs`;
}

async function runUml(spec: LabSpec, options: RunOptions): Promise<void> {
  const { path: folder, remove } = runFolder();
  try {
    const kernel = filling(folder, () => kernelCommand(folder, spec, options));
    const [program = "", ...args] = onOneProcessor(options.place, kernel);
    const { bootSeconds = BOOT_SECONDS } = options;
    await superviseRunner(program, args, { ...options, bootSeconds }, folder);
  } finally {
    remove();
  }
}

/** Writes what the kernel needs to the run's folder; the command that boots it. */
function kernelCommand(folder: string, spec: LabSpec, options: RunOptions): string[] {
  const init = join(folder, "init");
  const door = options.keep ? makeDoor(folder) : null;
  writeFileSync(join(folder, "spec.json"), JSON.stringify({ ...spec, door }));
  const guest = copyGuest(options.guest, join(folder, "guest"));
  const command = [process.execPath, guest, "guest", join(folder, "spec.json"), EVENTS, WORK];
  writeFileSync(init, initScript({ command, modules: MODULES, events: EVENTS, door }), { mode: 0o755 });
  return umlCommand(folder, kernelArguments(folder, init, options.interactive));
}

/** @param folder for the kernel's own socket; its first serial line is file descriptor 3 */
export function kernelArguments(folder: string, init: string, interactive: boolean): string[] {
  return [
    `mem=${MEMORY_MB}M`,
    "rootfstype=hostfs",
    "root=/dev/root",
    "rw",
    `init=${init}`,
    "con=null",
    `con0=${interactive ? "fd:0" : "null"},fd:1`,
    "ssl=null",
    "ssl0=null,fd:3",
    ...QUICK_BOOT,
    `uml_dir=${folder}/`,
  ];
}
