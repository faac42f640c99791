/** Temporary folders. They are removed when the program ends. */

import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../languages/say.ts";
import { atEnd } from "./ending.ts";
import { refusalOf, UserFault } from "./user-fault.ts";

class TemporaryFault extends UserFault {
  override readonly name = "TemporaryFault";
  override readonly kind = "system";
}

export interface TemporaryFolder {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Makes a folder that only this user may enter.
 *
 * @param prefix of its name
 * @throws TemporaryFault if TMPDIR cannot be used
 */
export function temporaryFolder(prefix: string, parent = tmpdir()): TemporaryFolder {
  const path = make(prefix, parent);
  // A program that wrote there may have been killed, and not have ended yet.
  const clear = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  const forget = atEnd(clear);
  return {
    path,
    remove: () => {
      clear();
      forget();
    },
  };
}

/**
 * Does work that writes to a temporary folder.
 *
 * @throws TemporaryFault if the system refuses it: a full file system, a quota
 */
export function filling<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === null) throw error;
    throw new TemporaryFault(say`cannot write to ${folder}: ${reason}; set TMPDIR to another folder`);
  }
}

function make(prefix: string, parent: string): string {
  try {
    return realpathSync(mkdtempSync(join(parent, prefix)));
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === null) throw error;
    throw new TemporaryFault(
      say`cannot make a temporary folder in ${parent}: ${reason}; set TMPDIR to a folder that can be written`,
    );
  }
}
