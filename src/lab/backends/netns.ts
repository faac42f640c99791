/**
 * Namespaces on this machine's own kernel, which has ip_vs: as root, or as an ordinary user in a user namespace.
 * Everything goes with the one process that made it.
 */

import { chmodSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { filling } from "../../base/temporary-folder.ts";
import { isUserNamespace } from "../guest/user-namespace.ts";
import type { LabSpec } from "../spec.ts";
import type { Backend, RunOptions } from "./backend.ts";
import { compileLibrary } from "./compile-library.ts";
import { makeDoor } from "./door.ts";
import { copyGuest } from "./guest-copy.ts";
import { rootObstacle } from "./own-kernel.ts";
import { findProgram, missingPrograms } from "./programs.ts";
import { neededLibrary, rootlessObstacle, rootlessOmissions, withheldSysctls } from "./rootless/rootless.ts";
import { AS_ROOT_OF_ITS_OWN } from "./rootless/user-namespace.ts";
import { runFolder } from "./run-folder.ts";
import { superviseRunner } from "./supervise.ts";

export const netns: Backend = {
  name: "netns",
  obstacle(spec) {
    return missingPrograms(spec) ?? (isRoot() ? rootObstacle(spec) : rootlessObstacle(spec));
  },
  standing: null,
  describe: () => `namespaces of this machine's Linux ${release()}${isRoot() ? "" : ", without root"}`,
  lacks: () => [],
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
  const { path: folder, remove } = runFolder();
  try {
    // Said once, however many namespaces share the work.
    if (!isRoot() && options.place === 0) rootlessOmissions(spec).forEach(options.onEvent);
    const [program = "", ...args] = filling(folder, () => runnerCommand(folder, spec, options));
    await superviseRunner(program, args, options, folder);
  } finally {
    remove();
  }
}

/** Writes what the runner needs to the run's folder; the command that runs it. */
function runnerCommand(folder: string, spec: LabSpec, options: RunOptions): string[] {
  // A host's programs are links through this folder, and not only root runs them.
  chmodSync(folder, 0o755);
  const specFile = join(folder, "spec.json");
  const door = options.keep ? makeDoor(folder) : null;
  const placeholders = isRoot() ? [] : withheldSysctls();
  writeFileSync(specFile, JSON.stringify({ ...spec, door, placeholders }));
  const guest = copyGuest(options.guest, join(folder, "guest"));
  return [
    findProgram("unshare") ?? "unshare",
    ...(isRoot() ? NAMESPACES : [...AS_ROOT_OF_ITS_OWN, ...NAMESPACES]),
    "--",
    ...(isRoot() ? [] : rootlessEnvironment(folder)),
    ...[process.execPath, guest, "guest", specFile, "fd:3", join(folder, "work")],
  ];
}

function rootlessEnvironment(folder: string): string[] {
  return ["env", `LD_PRELOAD=${compileLibrary(folder, "rootless", neededLibrary())}`];
}

/** Of the machine; root of a container may have a user namespace only. */
function isRoot(): boolean {
  return process.getuid?.() === 0 && !isUserNamespace();
}
