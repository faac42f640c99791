/**
 * Puts a finished folder where another one is. Linux can exchange two names in one step (renameat2(2),
 * RENAME_EXCHANGE), which Node cannot ask for: coreutils' mv can, from 9.5 on.
 */

import { spawnSync } from "node:child_process";
import { renameSync, statSync } from "node:fs";
import { putBack } from "./aside.ts";

/**
 * Puts `next` in the place of `current`; all on one file system. If mv cannot exchange them, two renames do, between
 * which `current` is absent: `recoverOutput` repairs that.
 *
 * @returns where the old folder is now: `next` or `aside`
 * @throws Error of the file system; `current` is as it was
 * @throws OutputFault if it is in `aside` and cannot be moved back
 */
export function exchangeFolders(next: string, current: string, aside: string): string {
  const { ino } = statSync(next);
  spawnSync("mv", ["--exchange", "--no-copy", "-T", "--", next, current], { stdio: "ignore" });
  // The disk shows whether it was exchanged: a killed program may have done its work.
  if (statSync(current).ino === ino) return next;
  renameSync(current, aside);
  try {
    renameSync(next, current);
  } catch (error) {
    putBack(aside, current);
    throw error;
  }
  return aside;
}
