/**
 * Whether KVM works here. /dev/kvm may be there and a kernel still hang at boot, or QEMU stop: a machine in a machine.
 * So the one that is to run is booted, for a few seconds at most; the answer holds until this machine's next boot.
 */

import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFile, writeCacheFile } from "../../../base/cache-files.ts";
import { sha256Hex } from "../../../base/sha256.ts";
import { filling, temporaryFolder } from "../../../base/temporary-folder.ts";
import { PROBE_ANSWER, probeInitramfs } from "./initramfs.ts";
import type { Kernel } from "./kernels.ts";
import type { MachineType } from "./machine-types.ts";
import { type Accelerator, qemuCommand } from "./qemu-command.ts";

export interface Acceleration {
  readonly accelerator: Accelerator;
  /** Why KVM is not used, for people; null where it is. */
  readonly reason: string | null;
}

const DEVICE = "/dev/kvm";

/** Where it works, a kernel is there within a second. */
const PROBE_SECONDS = 5;

const CACHE_KIND = "lab-kvm-";

/** @param environment where the cache is; in it `XDG_CACHE_HOME` */
export function acceleration(
  type: MachineType,
  kernel: Kernel,
  environment: NodeJS.ProcessEnv = process.env,
  device = DEVICE,
): Acceleration {
  const refusal = refusalOf(device);
  if (refusal !== null) return { accelerator: "tcg", reason: refusal };
  const file = answerFile(type, kernel, environment);
  const reason = answers.get(file) ?? keptAnswer(file) ?? probe(type, kernel);
  if (INTERRUPTED.test(reason)) return { accelerator: "tcg", reason };
  keep(file, reason);
  return { accelerator: reason === "" ? "kvm" : "tcg", reason: reason === "" ? null : reason };
}

/** A kernel that came up when it was tried did not, later: it is not tried again. */
export function refuteKvm(type: MachineType, kernel: Kernel, reason: string): void {
  keep(answerFile(type, kernel, process.env), reason);
}

/** Of this boot, QEMU, and kernel, wherever that lies: a tree's is a copy. */
function answerFile(
  { program }: MachineType,
  { file, release }: Kernel,
  environment: NodeJS.ProcessEnv,
): string {
  const { size, mtimeMs } = statSync(file);
  const key = sha256Hex([bootId(), program, release, size, mtimeMs].join("\n"));
  return cacheFile(`${CACHE_KIND}${key}.json`, environment);
}

function keep(file: string, reason: string): void {
  answers.set(file, reason);
  writeCacheFile(file, JSON.stringify({ reason }), CACHE_KIND);
}

/** Where the cache cannot be written, a program asks once. */
const answers = new Map<string, string>();

/** QEMU's words when somebody ends it: no answer of KVM's. */
const INTERRUPTED = /terminating on signal/;

function refusalOf(device: string): string | null {
  if (!existsSync(device)) return `this machine has no ${device}`;
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return null;
  } catch {
    return `this user may not use ${device}: sudo usermod -a -G kvm $USER, and log in again`;
  }
}

/** What a kernel does with KVM; empty when it comes up. */
function probe(type: MachineType, kernel: Kernel): string {
  const { path, remove } = temporaryFolder("lvsgen-lab-kvm-");
  try {
    const initramfs = join(path, "initramfs");
    filling(path, () => writeFileSync(initramfs, probeInitramfs()));
    const [program, ...args] = qemuCommand({ type, accelerator: "kvm", kernel: kernel.file, initramfs });
    const { stdout, stderr, status, error } = spawnSync(program, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PROBE_SECONDS * 1000,
      killSignal: "SIGKILL",
    });
    if (stdout.includes(PROBE_ANSWER)) return "";
    if (error !== undefined) return `KVM does not work here: no kernel comes up within ${PROBE_SECONDS} s`;
    const lines = stderr.split("\n").filter((line) => line.trim() !== "");
    const said =
      lines.find((line) => INTERRUPTED.test(line)) ?? lines[0] ?? `QEMU ended with status ${status}`;
    return `KVM does not work here: ${said}`;
  } finally {
    remove();
  }
}

function keptAnswer(file: string): string | null {
  try {
    const { reason } = JSON.parse(readFileSync(file, "utf8")) as { reason?: unknown };
    return typeof reason === "string" ? reason : null;
  } catch {
    return null;
  }
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}
