/** One new file, with its mode. */

import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from "node:fs";

/** Permissions of the group and of everybody. */
const OTHERS = 0o077;

/**
 * Modes that files get as they are asked for: the umask and the file system are the same for all files of a new output.
 * Of what is to be kept from others each file is looked at.
 */
export type Granted = Set<number>;

/**
 * @param file is not there yet
 * @returns whether others may read it all the same, and should not
 */
export function writeNewFile(file: string, bytes: Uint8Array, mode: number, granted: Granted): boolean {
  const descriptor = openSync(file, "wx", mode);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    return !granted.has(mode) && isExposed(descriptor, mode, granted);
  } finally {
    closeSync(descriptor);
  }
}

/** The umask may have taken bits away, and some file systems have modes of their own. */
function isExposed(descriptor: number, mode: number, granted: Granted): boolean {
  const isPrivate = (mode & OTHERS) === 0;
  if ((fstatSync(descriptor).mode & 0o777) === mode) {
    if (!isPrivate) granted.add(mode);
    return false;
  }
  fchmodSync(descriptor, mode);
  return isPrivate && (fstatSync(descriptor).mode & OTHERS) !== 0;
}
