/**
 * A machine: a copy of a tree, booted with the tree's own init as PID 1; with its own kernel in QEMU where it has one,
 * otherwise in User-Mode Linux.
 */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filling, temporaryFolder } from "../../base/temporary-folder.ts";
import type { Host } from "../../topology/model.ts";
import { LabBroken } from "../backends/backend.ts";
import { onOneProcessor } from "../backends/processors.ts";
import { systemCommand } from "../backends/qemu/boot-system.ts";
import { COMPLAINT } from "../backends/supervise.ts";
import { QUICK_BOOT } from "../backends/uml.ts";
import { MODULES, umlCommand } from "../backends/uml-kernel.ts";
import { initOf } from "./init-systems.ts";
import { FOLDER, networkScript, phaseScript } from "./machine-files.ts";
import { runProgram } from "./run-program.ts";

/** systemd with its journal takes some 100 MB. */
const MEMORY_MB = 512;

/** After this a kernel starts again, and says it again. */
const HOPELESS = new RegExp(`(?:Kernel panic - not syncing:|${COMPLAINT}) [^\\n]*\\n`);

export type SystemBackend = "qemu" | "uml";

export interface MachineRun {
  readonly host: Host;
  readonly tree: string;
  readonly backend: SystemBackend;
  /** What setup.sh lies in; it comes to /root/NAME. */
  readonly files: string;
  /** Shell commands by boot; each but the last ends with a reboot, the last with a power-off. */
  readonly phases: readonly string[];
  readonly signal: AbortSignal;
  /** Which of several machines at once it is, from 0. */
  readonly place: number;
  /** Seconds for all boots together. */
  readonly timeout: number;
}

/** What a machine left behind. */
export interface MachineResult {
  /** Reports by name (see machine-files.ts): `NAME`, `NAME.status`. */
  readonly reports: ReadonlyMap<string, string>;
  /** The last of what its console showed. */
  readonly console: string;
}

/**
 * Boots until the machine powers off or its time is over.
 *
 * @throws LabBroken when it did not even get as far as its network
 */
export async function runMachine(run: MachineRun): Promise<MachineResult> {
  const { path: work, remove } = temporaryFolder("lvsgen-lab-machine-");
  try {
    const root = join(work, "root");
    await furnish(work, root, run);
    const console = await boot(work, root, run);
    const reports = readReports(join(root, FOLDER, "out"));
    if (!reports.has("1.up"))
      throw new LabBroken(`${run.host.name}: ${run.tree} did not boot\n${console.slice(-3000)}`);
    return { reports, console };
  } finally {
    remove();
  }
}

async function furnish(work: string, root: string, run: MachineRun): Promise<void> {
  mkdirSync(root);
  const copied = await runProgram("cp", ["-a", "--reflink=auto", `${run.tree}/.`, root], run.signal);
  if (/No space left on device|Disk quota exceeded/.test(copied.output))
    throw new LabBroken(`cannot copy ${run.tree} to ${work}: there is no room; set TMPDIR to another folder`);
  if (copied.code !== 0) throw new LabBroken(`cannot copy ${run.tree}\n${copied.output.slice(-2000)}`);
  for (const version of run.backend === "uml" ? readdirSync(MODULES) : []) {
    cpSync(join(MODULES, version), join(root, "lib/modules", version), { recursive: true });
  }
  mkdirSync(join(root, FOLDER, "out"), { recursive: true });
  writeFileSync(join(root, FOLDER, "boot"), "0\n");
  writeFileSync(join(root, FOLDER, "network.sh"), networkScript(run.host));
  writeFileSync(join(root, FOLDER, "phase.sh"), phaseScript(run.phases));
  initOf(root).hook(root);
  cpSync(run.files, join(root, "root", run.host.name), { recursive: true });
}

async function boot(work: string, root: string, run: MachineRun): Promise<string> {
  const command =
    run.backend === "qemu"
      ? filling(work, () => systemCommand(work, root))
      : umlSystem(work, root, run.place);
  const [program = "", ...args] = command;
  const { output } = await runProgram(program, args, run.signal, {
    seconds: run.timeout,
    until: HOPELESS,
  });
  return output;
}

function umlSystem(work: string, root: string, place: number): string[] {
  const kernel = [
    `mem=${MEMORY_MB}M`,
    "root=/dev/root",
    "rootfstype=hostfs",
    `rootflags=${root}`,
    "rw",
    "con=null",
    "con0=null,fd:1",
    "ssl=null",
    `uml_dir=${work}/`,
    ...QUICK_BOOT,
  ];
  return onOneProcessor(place, umlCommand(work, kernel));
}

function readReports(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
