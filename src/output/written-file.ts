/** What a file looked like to the file system. */

import { sha256Hex } from "../base/digest.ts";
import { writeNewFile } from "./write-file.ts";

/** Changes whenever the file is written, renamed, or given another mode: nobody but the clock sets its change time. */
export interface FileStamp {
  /** Bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Milliseconds, with fractions. */
  readonly mtime: number;
  readonly ctime: number;
  readonly inode: number;
}

export interface WrittenFile {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly sha256: string;
  /** Others may read it, and should not. */
  readonly isExposed: boolean;
}

/** Permissions of the group and of everybody. */
const OTHERS = 0o077;

/** Writes a file that is not there yet, in a folder that is. */
export function write(folder: string, path: string, bytes: Uint8Array, mode: number): WrittenFile {
  const stat = writeNewFile(`${folder}/${path}`, bytes, mode);
  const { size, mtimeMs: mtime, ctimeMs: ctime, ino: inode } = stat;
  return {
    path,
    stamp: { size, mode: stat.mode & 0o777, mtime, ctime, inode },
    sha256: sha256Hex(bytes),
    isExposed: (mode & OTHERS) === 0 && (stat.mode & OTHERS) !== 0,
  };
}
