/**
 * Namespaces on this machine's own kernel, which has ip_vs: as root, or as an ordinary user in a user namespace.
 * Everything goes with the one process that made it.
 */

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { temporaryFolder } from "../../base/temporary-folder.ts";
import { isUserNamespace } from "../guest/user-namespace.ts";
import type { LabSpec } from "../spec.ts";
import type { Backend, RunOptions } from "./backend.ts";
import { compileLibrary } from "./compile-library.ts";
import { makeDoor } from "./door.ts";
import { copyGuest } from "./guest-copy.ts";
import { findProgram, missingPrograms } from "./programs.ts";
import { neededLibrary, rootlessObstacle, rootlessOmissions, withheldSysctls } from "./rootless/rootless.ts";
import { AS_ROOT_OF_ITS_OWN } from "./rootless/user-namespace.ts";
import { superviseRunner } from "./supervise.ts";

export const netns: Backend = {
  name: "netns",
  obstacle(spec) {
    if (!isRoot()) return missingPrograms(spec) ?? rootlessObstacle(spec);
    if (spec.services.length > 0 && !hasIpvs()) return "this kernel has no ip_vs (modprobe ip_vs fails)";
    return missingPrograms(spec);
  },
  standing: null,
  describe: () => `namespaces of this machine's Linux ${release()}${isRoot() ? "" : ", without root"}`,
  needs: [],
  provesAll: (spec) => isRoot() || rootlessOmissions(spec).length === 0,
  run: runNetns,
};

/** A process namespace ends with its first process: no daemon, mount or bridge can outlive the run. */
const NAMESPACES = [
  "--net",
  "--mount",
  "--propagation",
  "private",
  "--pid",
  "--fork",
  "--kill-child",
  "--mount-proc",
];

async function runNetns(spec: LabSpec, options: RunOptions): Promise<void> {
  const { path: folder, remove } = temporaryFolder("lvsgen-lab-");
  const work = join(folder, "work");
  try {
    // A host's programs are links through this folder, and not only root runs them.
    chmodSync(folder, 0o755);
    const specFile = join(folder, "spec.json");
    const door = options.keep ? makeDoor(folder) : null;
    const placeholders = isRoot() ? [] : withheldSysctls();
    writeFileSync(specFile, JSON.stringify({ ...spec, door, placeholders }));
    // Said once, however many namespaces share the work.
    if (!isRoot() && options.place === 0) rootlessOmissions(spec).forEach(options.onEvent);
    const program = copyGuest(options.guest, join(folder, "guest"));
    const guest = [process.execPath, program, "guest", specFile, "fd:3", work];
    const isolate = isRoot() ? NAMESPACES : [...AS_ROOT_OF_ITS_OWN, ...NAMESPACES];
    await superviseRunner(
      findProgram("unshare") ?? "unshare",
      [...isolate, "--", ...(isRoot() ? [] : rootlessEnvironment(folder)), ...guest],
      options,
      folder,
    );
  } finally {
    remove();
  }
}

function rootlessEnvironment(folder: string): string[] {
  return ["env", `LD_PRELOAD=${compileLibrary(folder, "rootless", neededLibrary())}`];
}

/** Of the machine; root of a container may have a user namespace only. */
function isRoot(): boolean {
  return process.getuid?.() === 0 && !isUserNamespace();
}

function hasIpvs(): boolean {
  if (existsSync("/proc/net/ip_vs")) return true;
  const modprobe = findProgram("modprobe");
  return modprobe !== null && spawnSync(modprobe, ["ip_vs"]).status === 0 && existsSync("/proc/net/ip_vs");
}
