/** One new file, with its mode. */

import { closeSync, fchmodSync, fstatSync, openSync, type Stats, writeSync } from "node:fs";

/**
 * @param file is not there yet
 * @returns as the file system has it: some have modes of their own
 */
export function writeNewFile(file: string, bytes: Uint8Array, mode: number): Stats {
  const descriptor = openSync(file, "wx", mode);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    const stat = fstatSync(descriptor);
    if ((stat.mode & 0o777) === mode) return stat;
    // The umask has taken bits away.
    fchmodSync(descriptor, mode);
    return fstatSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
