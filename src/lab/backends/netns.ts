/** Namespaces on this machine's own kernel: root, and ip_vs. Everything goes with the one process that made it. */

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../base/temporary-folder.ts";
import type { LabSpec } from "../spec.ts";
import type { Backend, RunOptions } from "./backend.ts";
import { makeDoor } from "./door.ts";
import { copyGuest } from "./guest-copy.ts";
import { findProgram, missingPrograms } from "./programs.ts";
import { superviseRunner } from "./supervise.ts";

export const netns: Backend = {
  name: "netns",
  obstacle(spec) {
    if (process.getuid?.() !== 0) return "the netns backend needs root";
    if (!hasIpvs()) return "this kernel has no ip_vs (modprobe ip_vs fails)";
    return missingPrograms(spec);
  },
  standing: null,
  run: runNetns,
};

async function runNetns(spec: LabSpec, options: RunOptions): Promise<void> {
  const { path: folder, remove } = temporaryFolder("lvsgen-lab-");
  const work = join(folder, "work");
  try {
    // A host's programs are links through this folder, and not only root runs them.
    chmodSync(folder, 0o755);
    const specFile = join(folder, "spec.json");
    const door = options.keep ? makeDoor(folder) : null;
    writeFileSync(specFile, JSON.stringify({ ...spec, door }));
    // A process namespace ends with its first process: no daemon, mount or bridge can outlive the run.
    const isolate = [
      "--net",
      "--mount",
      "--propagation",
      "private",
      "--pid",
      "--fork",
      "--kill-child",
      "--mount-proc",
      "--",
    ];
    const program = copyGuest(options.guest, join(folder, "guest"));
    const guest = [process.execPath, program, "guest", specFile, "fd:3", work];
    await superviseRunner(findProgram("unshare") ?? "unshare", [...isolate, ...guest], options, folder);
  } finally {
    remove();
  }
}

function hasIpvs(): boolean {
  if (existsSync("/proc/net/ip_vs")) return true;
  const modprobe = findProgram("modprobe");
  return modprobe !== null && spawnSync(modprobe, ["ip_vs"]).status === 0 && existsSync("/proc/net/ip_vs");
}
