/** What is in an output folder now. */

import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, manifestName, parseManifest } from "./manifest.ts";
import { Scratch } from "./scratch.ts";

export interface FolderEntry {
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** Permission bits. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
}

export interface Folder {
  /** Everything below the folder by its path with `/`; empty where there is no folder. */
  readonly entries: ReadonlyMap<string, FolderEntry>;
  /** Null where there is none, or none that can be read. */
  readonly manifest: Manifest | null;
  /** Bytes of a regular file in it, which are gone with the next call. */
  read(path: string): Buffer;
}

/** @throws Error of the file system, but for a folder that is not there. */
export function readFolder(root: string): Folder {
  const entries = new Map<string, FolderEntry>();
  walk(root, "", entries);
  const scratch = new Scratch();
  const read = (path: string) => scratch.read(`${root}/${path}`, entries.get(path)?.size ?? 0);
  const isThere = entries.get(manifestName)?.kind === "file";
  const manifest = isThere ? parseManifest(read(manifestName).toString()) : null;
  return { entries, manifest, read };
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
    entries.set(path, { kind, mode: stat.mode & 0o777, size: stat.size });
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
