/**
 * Writes a comparison's changes. The new folder is made beside the old one, unchanged files being hard links, and
 * takes its place in one step: whoever looks, and whatever kills this, finds the old output or the new one.
 */

import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Artifact } from "../render/artifact.ts";
import type { Comparison } from "./compare.ts";
import { exchangeFolders } from "./exchange.ts";
import { type Folder, identityOf, readFolder } from "./read-folder.ts";
import { BusyError, claimStaging, clearLeftovers } from "./staging.ts";

export interface Staged {
  /** The finished folder, beside its place. */
  readonly folder: string;
  /** Puts it in place. */
  commit(): void;
  /** Drops it; after a commit, drops the old output. */
  clean(): void;
}

/**
 * Clears away what a render that was killed left beside the output. On a system without an atomic exchange the old
 * output may be among it: it comes back.
 */
export function recoverOutput(out: string): void {
  const place = realPlace(out);
  const staging = stagingPath(place);
  const previous = join(staging, "previous");
  if (!existsSync(place) && existsSync(previous)) renameSync(previous, place);
  if (existsSync(dirname(place))) clearLeftovers(staging);
}

function stagingPath(place: string): string {
  return join(dirname(place), `.${basename(place)}.lvsgen`);
}

/**
 * Makes the new folder, without touching the old one.
 *
 * @throws BusyError where another render works there, or has written there since `folder` was read
 */
export function stageOutput(out: string, folder: Folder, comparison: Comparison): Staged {
  const place = realPlace(out);
  mkdirSync(dirname(place), { recursive: true });
  const staging = claimStaging(stagingPath(place));
  const next = join(staging.path, "next");
  try {
    // What was compared is what unchanged files are taken from.
    if (identityOf(place) !== folder.identity)
      throw new BusyError("another render has just written there: run this one again");
    fill(next, place, folder, comparison);
  } catch (error) {
    staging.release();
    throw error;
  }
  return {
    folder: next,
    commit: () => {
      if (!existsSync(place)) {
        renameSync(next, place);
        return;
      }
      const previous = join(staging.path, "previous");
      exchangeFolders(next, place, previous);
      moveLatecomers(previous, place, folder);
    },
    clean: () => staging.release(),
  };
}

/** Where the folder really is: an output folder may be a symbolic link. */
function realPlace(out: string): string {
  return existsSync(out) ? realpathSync(out) : resolve(out);
}

function fill(next: string, place: string, folder: Folder, { changes }: Comparison): void {
  const changed = new Set(changes.map(({ path }) => path));
  mkdirSync(next, { recursive: true });
  const made = new Set([""]);
  for (const [path, { kind, mode }] of folder.entries) {
    if (kind === "directory") {
      mkdirSync(join(next, path), { mode });
      made.add(path);
    } else if (!changed.has(path)) keep(join(place, path), join(next, path), kind === "symlink");
  }
  for (const { after } of changes) {
    if (after !== null) writeArtifact(next, after, made);
  }
  for (const path of emptied(
    folder,
    changes.filter(({ kind }) => kind === "remove").map((change) => change.path),
  )) {
    rmSync(join(next, path), { recursive: true });
  }
  if (existsSync(place)) chmodSync(next, lstatSync(place).mode & 0o777);
}

function keep(from: string, to: string, isSymlink: boolean): void {
  if (isSymlink) {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  try {
    linkSync(from, to);
  } catch {
    // Some file systems have no hard links, and some kernels refuse them for another user's files.
    copyFileSync(from, to);
  }
}

function writeArtifact(root: string, { path, text, mode }: Artifact, made: Set<string>): void {
  const parent = parentOf(path);
  if (!made.has(parent)) {
    mkdirSync(join(root, parent), { recursive: true });
    made.add(parent);
  }
  const descriptor = openSync(join(root, path), "wx", mode);
  try {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  } finally {
    closeSync(descriptor);
  }
  // The umask may have taken bits away.
  chmodSync(join(root, path), mode);
}

/** Files that somebody put there while this ran. */
function moveLatecomers(previous: string, place: string, seen: Folder): void {
  for (const [path, { kind }] of readFolder(previous).entries) {
    if (kind === "directory" || seen.entries.has(path) || existsSync(join(place, path))) continue;
    mkdirSync(join(place, parentOf(path)), { recursive: true });
    renameSync(join(previous, path), join(place, path));
  }
}

/** Folders that held nothing but removed files. */
function emptied(folder: Folder, removed: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const path of folder.entries.keys()) left.set(parentOf(path), (left.get(parentOf(path)) ?? 0) + 1);
  for (const path of removed) left.set(parentOf(path), (left.get(parentOf(path)) ?? 0) - 1);
  return [...new Set(removed.map(parentOf))].filter((parent) => parent !== "" && left.get(parent) === 0);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
