/** What is in an output folder now. */

import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FileStamp } from "./file-stamp.ts";
import { type Manifest, manifestName, parseManifest } from "./manifest.ts";
import { Scratch } from "./scratch.ts";

export interface FolderEntry extends FileStamp {
  readonly kind: "file" | "directory" | "symlink" | "other";
}

export interface Folder {
  /** Identifies the folder, which each render replaces. Null if there was none. */
  readonly identity: string | null;
  /** Everything below the folder by its path with `/`; empty without a folder. */
  readonly entries: ReadonlyMap<string, FolderEntry>;
  /** Null if there is none, or it cannot be read. */
  readonly manifest: Manifest | null;
  /** Bytes of a regular file in it, valid until the next call. */
  read(path: string): Buffer;
}

/** @throws Error of the file system, except for a missing folder */
export function readFolder(root: string): Folder {
  const entries = new Map<string, FolderEntry>();
  const identity = identityOf(root);
  walk(root, "", entries);
  const scratch = new Scratch();
  const read = (path: string) => scratch.read(`${root}/${path}`, entries.get(path)?.size ?? 0);
  const isThere = entries.get(manifestName)?.kind === "file";
  let manifest: Manifest | null | undefined;
  return {
    identity,
    entries,
    read,
    get manifest() {
      if (manifest === undefined) manifest = isThere ? parseManifest(read(manifestName).toString()) : null;
      return manifest;
    },
  };
}

/** Stays the same while files are added to a folder; an inode's number alone may come back. */
export function identityOf(root: string): string | null {
  const stat = statSync(root, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev}:${stat.ino}:${stat.birthtimeNs}`;
}

function walk(root: string, below: string, entries: Map<string, FolderEntry>): void {
  for (const entry of listDirectory(join(root, below), below === "")) {
    const path = below === "" ? entry : `${below}/${entry}`;
    const stat = lstatSync(join(root, path));
    const kind = stat.isFile()
      ? "file"
      : stat.isDirectory()
        ? "directory"
        : stat.isSymbolicLink()
          ? "symlink"
          : "other";
    const { size, mode, mtimeMs: mtime, ctimeMs: ctime, ino: inode } = stat;
    entries.set(path, { kind, size, mode: mode & 0o777, mtime, ctime, inode });
    if (kind === "directory") walk(root, path, entries);
  }
}

function listDirectory(path: string, mayBeMissing: boolean): string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (mayBeMissing && error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
