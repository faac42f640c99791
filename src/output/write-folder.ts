/**
 * Writes a comparison's changes. The new folder is made beside the old one, unchanged files being hard links, and
 * takes its place: if lvsgen is killed, either the old output or the new one is complete.
 */

import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { say } from "../languages/say.ts";
import { holdsOldOutput, nextIn, previousIn, putBack } from "./aside.ts";
import type { Comparison, FileChange, Sink } from "./compare.ts";
import { exchangeFolders } from "./exchange.ts";
import { NewFiles, parentOf, type WrittenFile } from "./new-files.ts";
import { type Folder, identityOf, readFolder } from "./read-folder.ts";
import { realPlace } from "./real-place.ts";
import { BusyError, claimWorkFolder, clearLeftovers, isHeld, type WorkFolder } from "./work-folder.ts";

export interface FinishedOutput {
  /** The finished folder, beside its place. */
  readonly folder: string;
  /** New files. Exposed ones are on a file system that does not store modes (FAT). */
  readonly written: readonly WrittenFile[];
  /** Puts it in place. */
  commit(): void;
}

/**
 * Removes what a killed render left beside the output. If names are not exchanged in one step, the old output may be
 * among it: it is moved back.
 */
export function recoverOutput(out: string): void {
  recover(realPlace(out));
}

/** @throws OutputFault if the old output cannot be moved back, as something else is in its place */
function recover(place: string): void {
  if (!existsSync(dirname(place))) return;
  const work = workFolderPath(place);
  if (!isHeld(work) && holdsOldOutput(work)) putBack(previousIn(work), place);
  clearLeftovers(work);
}

function workFolderPath(place: string): string {
  return join(dirname(place), `.${basename(place)}.lvsgen`);
}

/** Receives changes as they are found. The old output is not touched. */
export interface NewOutput extends Sink {
  readonly digests: () => ReadonlyMap<string, string>;
  /** Adds the unchanged files; null if there are no changes. */
  finish(comparison: Comparison): FinishedOutput | null;
  /** Drops it; after a commit, drops the old output. */
  clean(): void;
}

/**
 * Claims its place beside the output, and makes folders there, when the first change comes.
 *
 * @throws BusyError then, if another render works there, or has written there since `folder` was read
 */
export function openOutput(out: string, folder: Folder): NewOutput {
  const place = realPlace(out);
  let open: Begun | null = null;
  return {
    take: ({ after }: FileChange) => {
      open ??= claim(place, folder);
      if (after !== null) open.files.write(after);
    },
    digests: () => new Map(open?.files.written.map(({ path: file, sha256 }) => [file, sha256])),
    finish: (comparison) => {
      if (open === null) return null;
      const { next, work, files } = open;
      fillUp(next, place, folder, comparison);
      return { folder: next, written: files.written, commit: () => commit(next, work, place, folder) };
    },
    clean: () => open?.work.release(),
  };
}

interface Begun {
  readonly work: WorkFolder;
  /** The new folder. */
  readonly next: string;
  readonly files: NewFiles;
}

function claim(place: string, folder: Folder): Begun {
  mkdirSync(dirname(place), { recursive: true });
  recover(place);
  const work = claimWorkFolder(workFolderPath(place));
  const next = nextIn(work.path);
  const open: Begun = { work, next, files: new NewFiles(next) };
  try {
    // Unchanged files come from the folder that was compared.
    if (identityOf(place) !== folder.identity)
      throw new BusyError(say`another render has just written there: run the command again`);
    mkdirSync(next);
    for (const [path, { kind, mode }] of folder.entries)
      if (kind === "directory") open.files.makeFolder(path, mode);
  } catch (error) {
    work.release();
    throw error;
  }
  return open;
}

function commit(next: string, work: WorkFolder, place: string, folder: Folder): void {
  if (!existsSync(place)) {
    renameSync(next, place);
    return;
  }
  const previous = exchangeFolders(next, place, previousIn(work.path));
  moveLatecomers(previous, place, folder);
}

/** Adds unchanged files, and removes folders that become empty. */
function fillUp(next: string, place: string, folder: Folder, { changes }: Comparison): void {
  const changed = new Set(changes.map(({ path }) => path));
  for (const [path, { kind }] of folder.entries) {
    if (kind === "directory" || changed.has(path)) continue;
    keep(join(place, path), join(next, path), kind === "symlink");
  }
  const removed = changes.filter(({ kind }) => kind === "remove").map(({ path }) => path);
  for (const path of emptied(folder, removed)) rmSync(join(next, path), { recursive: true });
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

/** Moves files that appeared there in the meantime. */
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
