/** A folder to work in beside the output. It is a lock too: one render at a time for one output folder. */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { say } from "../languages/say.ts";
import { holdsOldOutput } from "./aside.ts";
import { OutputFault } from "./output-fault.ts";

export interface WorkFolder {
  readonly path: string;
  /** Removes it, unless it has the old output: the next render needs that. */
  release(): void;
}

/** Another render works on the same output folder. */
export class BusyError extends OutputFault {
  override readonly name = "BusyError";
}

/** @throws BusyError while another process uses it */
export function claimWorkFolder(path: string): WorkFolder {
  if (!tryClaim(path)) {
    const holder = holderOf(path);
    throw new BusyError(
      say`another render (process ${holder ?? say`unknown`}) is writing there: wait for it, or remove ${path} if it hangs`,
    );
  }
  return {
    path,
    release: () => rmSync(holdsOldOutput(path) ? pidIn(path) : path, { recursive: true, force: true }),
  };
}

/** Removes what a killed render left. Only one of several processes succeeds in moving it away. */
export function clearLeftovers(path: string): void {
  sweep(path);
  if (!existsSync(path) || isHeld(path)) return;
  const leftover = `${path}.${process.pid}.old`;
  renameSync(path, leftover);
  rmSync(leftover, { recursive: true, force: true });
}

/** Whether a living process works there. */
export function isHeld(path: string): boolean {
  const holder = holderOf(path);
  return holder !== null && isAlive(holder);
}

/** Removes what killed processes left: folders named after this one and their process. */
function sweep(path: string): void {
  const prefix = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path)).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid > 0 && !isAlive(pid)) rmSync(join(dirname(path), name), { recursive: true, force: true });
  }
}

function tryClaim(path: string): boolean {
  const prepared = `${path}.${process.pid}.new`;
  rmSync(prepared, { recursive: true, force: true });
  try {
    mkdirSync(prepared, { mode: 0o700 });
    writeFileSync(pidIn(prepared), `${process.pid}\n`);
    // A rename onto a folder that is not empty fails, so that the claim and its owner's pid appear together.
    renameSync(prepared, path);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    if (existsSync(path)) return false;
    throw error;
  }
}

function pidIn(path: string): string {
  return join(path, "pid");
}

function holderOf(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidIn(path), "utf8"), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
