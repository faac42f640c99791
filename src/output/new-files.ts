/** Writes the files of a new folder, and makes their folders. */

import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync, type Stats, writeSync } from "node:fs";
import { sha256Hex } from "../base/digest.ts";
import type { Artifact } from "../render/artifact.ts";
import type { FileStamp } from "./file-stamp.ts";
import { Scratch } from "./scratch.ts";

export interface WrittenFile {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly sha256: string;
  /** Others may read it, and should not. */
  readonly isExposed: boolean;
}

/** Permissions of the group and of everybody. */
const OTHERS = 0o077;

export class NewFiles {
  readonly #root: string;
  readonly #scratch = new Scratch();
  readonly #written: WrittenFile[] = [];
  /** Paths of existing folders. */
  readonly #made = new Set([""]);

  /** @param root is there */
  constructor(root: string) {
    this.#root = root;
  }

  /** So far. */
  get written(): readonly WrittenFile[] {
    return this.#written;
  }

  /** A new file. */
  write({ path, text, mode }: Artifact): void {
    this.makeFolder(parentOf(path));
    const bytes = this.#scratch.encode(text);
    const stat = writeNewFile(`${this.#root}/${path}`, bytes, mode);
    const { size, mtimeMs: mtime, ctimeMs: ctime, ino: inode } = stat;
    this.#written.push({
      path,
      stamp: { size, mode: stat.mode & 0o777, mtime, ctime, inode },
      sha256: sha256Hex(bytes),
      isExposed: (mode & OTHERS) === 0 && (stat.mode & OTHERS) !== 0,
    });
  }

  /** With those around it. */
  makeFolder(path: string, mode = 0o777): void {
    if (this.#made.has(path)) return;
    this.makeFolder(parentOf(path));
    mkdirSync(`${this.#root}/${path}`, { mode });
    this.#made.add(path);
  }
}

function writeNewFile(file: string, bytes: Uint8Array, mode: number): Stats {
  const descriptor = openSync(file, "wx", mode);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    const stat = fstatSync(descriptor);
    if ((stat.mode & 0o777) === mode) return stat;
    // The umask removed bits, or the file system has modes of its own.
    fchmodSync(descriptor, mode);
    return fstatSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
