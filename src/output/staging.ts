/** A folder to work in beside the output. It is a lock too: one render at a time for one output folder. */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Staging {
  readonly path: string;
  release(): void;
}

/** Another render works on the same output folder. */
export class BusyError extends Error {
  override name = "BusyError";
}

/** @throws BusyError while another process that is alive holds it. */
export function claimStaging(path: string): Staging {
  if (!tryClaim(path)) {
    const holder = holderOf(path);
    if (holder !== null && isAlive(holder)) {
      throw new BusyError(
        `another render (process ${holder}) is writing there: wait for it, or remove ${path} if it hangs`,
      );
    }
    // Left behind by a render that was killed. Only one of those who find it succeeds in moving it away.
    const leftover = `${path}.${process.pid}`;
    renameSync(path, leftover);
    rmSync(leftover, { recursive: true, force: true });
    if (!tryClaim(path)) throw new BusyError("another render is writing there: try again");
  }
  return { path, release: () => rmSync(path, { recursive: true, force: true }) };
}

function tryClaim(path: string): boolean {
  const prepared = `${path}.${process.pid}.new`;
  rmSync(prepared, { recursive: true, force: true });
  mkdirSync(prepared, { mode: 0o700 });
  writeFileSync(join(prepared, "pid"), `${process.pid}\n`);
  try {
    // A rename onto a folder that is not empty fails: so the claim and its owner's name appear at once.
    renameSync(prepared, path);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    if (existsSync(path)) return false;
    throw error;
  }
}

function holderOf(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(path, "pid"), "utf8"), 10);
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
