/** The programs that go on when a director's script has ended. */

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Machine } from "../../guest/machine.ts";

export type Daemon = "keepalived" | "bird" | "lvs_gate.sh";

/** STOP and CONT: a daemon that hangs, and goes on. */
type Signal = "KILL" | "TERM" | "STOP" | "CONT";

/**
 * Sends a signal to all processes of these on one host. Those that are killed stop first: keepalived's child would empty the
 * table when it learns of its parent's end.
 */
export async function signalDaemons(
  { namespace }: Machine,
  names: readonly Daemon[],
  signal: Signal,
): Promise<void> {
  const own = networkOf(String(namespace.agent.pid));
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => networkOf(pid) === own && names.some((name) => isNamed(pid, name)))
    .map(Number);
  for (const step of signal === "KILL" ? (["STOP", "KILL"] as const) : [signal])
    for (const pid of pids) send(pid, step);
}

/** A shell script's process has its shell's name. */
function isNamed(pid: string, name: Daemon): boolean {
  const words = read(`/proc/${pid}/cmdline`).split("\0");
  return words.slice(0, 2).some((word) => word.split("/").at(-1) === name);
}

function networkOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return `none of ${pid}`;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function send(pid: number, signal: Signal): void {
  try {
    process.kill(pid, `SIG${signal}`);
  } catch {
    // It ended by itself.
  }
}
