/** What a file looked like to the file system. */

import type { Stats } from "node:fs";

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
  /** Others may read it, and should not. */
  readonly isExposed: boolean;
}

/** Permissions of the group and of everybody. */
const OTHERS = 0o077;

/** @param mode as it was asked for */
export function writtenFile(path: string, mode: number, stat: Stats): WrittenFile {
  const { size, mtimeMs: mtime, ctimeMs: ctime, ino: inode } = stat;
  const stamp = { size, mode: stat.mode & 0o777, mtime, ctime, inode };
  return { path, stamp, isExposed: (mode & OTHERS) === 0 && (stat.mode & OTHERS) !== 0 };
}
