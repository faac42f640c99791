/**
 * Recognises a large output that has not changed since lvsgen wrote it, without reading it: by each file's size, inode and
 * times, as git's index does for a working tree (gitformat-index(5), racy-git). Then the same inputs give the same output.
 * If that is not certain, everything is rendered and read.
 *
 * The kernel sets a file's change time to its clock with every change, and no program can set it. So an edit is detected,
 * unless it is within one tick of that clock after the file was recorded: those files are read. Undetected is an edit
 * with the clock set back to the same tick, or through a mapping of tmpfs (mmap(2)), which does not set the time.
 * `render --check` and `--force` read everything.
 */

import { readFileSync, statfsSync } from "node:fs";
import { cacheFile, writeCacheFile } from "../base/cache-files.ts";
import { sha256Hex } from "../base/digest.ts";
import { isOfGit } from "./compare.ts";
import type { FileStamp } from "./file-stamp.ts";
import { type Manifest, manifestName } from "./manifest.ts";
import { type Folder, readFolder } from "./read-folder.ts";
import { realPlace } from "./real-place.ts";

/** For smaller outputs reading is as fast. */
const fewestFiles = 1000;

/** What the cache's files begin with. */
const kind = "render-";

/** `isSure`: the stamp is enough. */
type Row = readonly [
  path: string,
  size: number,
  mode: number,
  mtime: number,
  ctime: number,
  inode: number,
  isSure: boolean,
];

interface Memory {
  /** Digest of what the output was made from. */
  readonly inputs: string;
  readonly manifestDigest: string;
  readonly rows: readonly Row[];
}

export interface KnownOutput {
  /** The result if the output is unchanged since it was remembered; null if that is unknown. */
  readonly findUntouched: () => Untouched | null;
  /**
   * @param stamps of all its files
   * @param time of the clock (milliseconds) when they were taken, or since when others can change the files
   */
  readonly remember: (stamps: ReadonlyMap<string, FileStamp>, manifestDigest: string, time: number) => void;
}

export interface Untouched {
  readonly unchanged: number;
  /** Files that lvsgen did not write. */
  readonly foreign: readonly string[];
}

/** @param inputs digest of all that the output is made from */
export function knownOutput(out: string, inputs: string, environment: NodeJS.ProcessEnv): KnownOutput {
  const file = cacheFile(`${kind}${sha256Hex(realPlace(out))}.json`, environment);
  const remember: KnownOutput["remember"] = (stamps, manifestDigest, time) => {
    if (stamps.size < fewestFiles || !hasOwnTimes(out)) return;
    const rows = [...stamps].map(([path, stamp]) => rowOf(path, stamp, time));
    writeCacheFile(file, JSON.stringify({ inputs, manifestDigest, rows } satisfies Memory), kind);
  };
  return {
    remember,
    findUntouched: () => {
      const memory = readMemory(file);
      if (memory?.inputs !== inputs || !hasOwnTimes(out)) return null;
      const time = Date.now();
      const folder = readFolder(out);
      if (!isUntouched(memory, folder)) return null;
      const paths = new Set(memory.rows.map(([path]) => path));
      if (memory.rows.some((row) => !row[6])) remember(stampsOf(folder, paths), memory.manifestDigest, time);
      const foreign = [...folder.entries].flatMap(([path, entry]) =>
        entry.kind === "directory" || paths.has(path) || isOfGit(path) ? [] : [path],
      );
      return { unchanged: paths.size, foreign };
    },
  };
}

/** Of files that are there. */
export function stampsOf(folder: Folder, paths: Iterable<string>): Map<string, FileStamp> {
  return new Map(
    [...paths].flatMap((path) => {
      const entry = folder.entries.get(path);
      return entry === undefined ? [] : [[path, entry]];
    }),
  );
}

function rowOf(path: string, { size, mode, mtime, ctime, inode }: FileStamp, time: number): Row {
  return [path, size, mode, mtime, ctime, inode, ctime < time - tick(ctime)];
}

/**
 * Milliseconds in which two changes may have the same time: the kernel's ticks are 10 at most, and some file systems know
 * whole seconds, or two of them.
 */
function tick(time: number): number {
  return time % 1000 === 0 ? 3000 : 50;
}

/** Null where the file is not there, or is no such file. */
function readMemory(file: string): Memory | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isMemory(value) ? value : null;
  } catch {
    return null;
  }
}

function isMemory(value: unknown): value is Memory {
  if (typeof value !== "object" || value === null) return false;
  const { inputs, manifestDigest, rows } = value as Partial<Record<keyof Memory, unknown>>;
  if (typeof inputs !== "string" || typeof manifestDigest !== "string" || !Array.isArray(rows)) return false;
  return rows.length >= fewestFiles && rows.every((row) => Array.isArray(row) && typeof row[0] === "string");
}

function isUntouched({ rows, manifestDigest }: Memory, folder: Folder): boolean {
  if (!rows.every((row) => hasStamp(row, folder))) return false;
  if (sha256Hex(folder.read(manifestName)) !== manifestDigest) return false;
  const unsure = rows.filter((row) => !row[6]);
  const { files = {} }: Partial<Manifest> = unsure.length === 0 ? {} : (folder.manifest ?? {});
  return unsure.every(
    ([path]) => path === manifestName || sha256Hex(folder.read(path)) === files[path]?.sha256,
  );
}

function hasStamp([path, size, mode, mtime, ctime, inode]: Row, { entries }: Folder): boolean {
  const entry = entries.get(path);
  return (
    entry !== undefined &&
    entry.kind === "file" &&
    entry.ctime === ctime &&
    entry.mtime === mtime &&
    entry.inode === inode &&
    entry.size === size &&
    entry.mode === mode
  );
}

/**
 * File systems of one machine, by the numbers of statfs(2) and linux/magic.h: ext2 to ext4, XFS, Btrfs, F2FS, tmpfs,
 * overlayfs. Network file systems may show data that is some seconds old.
 */
const ownTimes: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x01021994, 0x794c7630,
]);

function hasOwnTimes(out: string): boolean {
  try {
    return ownTimes.has(statfsSync(out).type);
  } catch {
    return false;
  }
}
