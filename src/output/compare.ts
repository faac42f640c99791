/** What a render would change in an output folder: file by file, so that a large one is never in memory as a whole. */

import { sha256Hex } from "../base/digest.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import type { Artifact } from "../render/artifact.ts";
import { isOfHosts } from "../render/owner.ts";
import { clusterOf } from "./cluster-of.ts";
import {
  buildManifest,
  type Manifest,
  type ManifestEntry,
  manifestName,
  manifestText,
  type Origin,
  octal,
} from "./manifest.ts";
import type { Folder, FolderEntry } from "./read-folder.ts";
import { Scratch } from "./scratch.ts";

export interface PathChange {
  readonly path: string;
  readonly kind: "create" | "update" | "remove";
}

export interface OutputChange extends PathChange {
  /** Whether the file is not as the last render left it: edited, deleted, or somebody else's. */
  readonly byHand: boolean;
}

/** With the texts. */
export interface FileChange extends PathChange {
  /** Present text; null if there is no such file. */
  readonly before: string | null;
  /** The new file; null if it is removed. */
  readonly after: Artifact | null;
}

/** Receives changes as they are found; only it can keep them. */
export interface Sink {
  /** Never twice with one path. */
  readonly take: (change: FileChange) => void;
  /** SHA-256 of the files that it took, where it knows them. */
  readonly digests?: () => ReadonlyMap<string, string>;
}

export interface Comparison {
  /** Sorted by path. The manifest is one of them. */
  readonly changes: readonly OutputChange[];
  readonly unchanged: number;
  /** Generated files that were edited by hand, or whose place has a file that lvsgen did not write. */
  readonly conflicts: readonly Conflict[];
  /** Files that lvsgen did not write; it does not touch them. */
  readonly foreign: readonly string[];
  /** Name of the cluster whose output is there, if it is another one's. */
  readonly otherCluster: string | null;
  /** Hosts whose setup.sh goes; they keep what it installed. */
  readonly removedHosts: readonly string[];
  /** SHA-256 of the manifest's text. */
  readonly manifestDigest: string;
}

export interface Conflict {
  readonly path: string;
  readonly reason: string;
}

/** Which part of the output is rendered: all of it, or these hosts' files only. */
export type Scope = { readonly hosts: ReadonlySet<string> } | "all";

/** Takes the artifacts one after the other, the manifest last, and hands each change on as it is found. */
export function compareOutput(
  artifacts: Iterable<Artifact>,
  origin: Origin,
  scope: Scope,
  folder: Folder,
  sink: Sink,
): Comparison {
  const previous = folder.manifest?.files ?? {};
  const changes: OutputChange[] = [];
  const conflicts: Conflict[] = [];
  const keepsModes = doesKeepModes(folder);
  const take = (path: string, before: Buffer | null, after: Artifact | null): void => {
    const kind = after === null ? "remove" : folder.entries.has(path) ? "update" : "create";
    const known = Object.hasOwn(previous, path) ? previous[path] : undefined;
    const found = conflict(path, before, known, folder);
    const byHand = found.length > 0 || isChangedByHand(path, known, folder, keepsModes);
    changes.push({ path, kind, byHand });
    conflicts.push(...found);
    sink.take({ path, kind, before: before?.toString() ?? null, after });
  };
  const compare = (after: Artifact, bytes: Buffer): void => {
    const entry = folder.entries.get(after.path);
    const before = entry?.kind === "file" ? folder.read(after.path) : null;
    const isSame =
      before?.equals(bytes) && (!keepsModes || isExecutable(entry?.mode) === isExecutable(after.mode));
    if (!isSame) take(after.path, before, after);
  };
  const scratch = new Scratch();
  const entries = Object.entries(previous).filter(([path]) => !inScope(path, scope));
  const created: (readonly [path: string, mode: string])[] = [];
  for (const artifact of artifacts) {
    const { path, mode } = artifact;
    if (sink.digests !== undefined && !folder.entries.has(path)) {
      created.push([path, octal(mode)]);
      take(path, null, artifact);
      continue;
    }
    const bytes = scratch.encode(artifact.text);
    entries.push([path, { sha256: sha256Hex(bytes), mode: octal(mode) }]);
    compare(artifact, bytes);
  }
  const digests = created.length === 0 ? undefined : sink.digests?.();
  for (const [path, mode] of created) {
    const sha256 = digests?.get(path);
    if (sha256 === undefined) throw new Error(`unknown digest of ${path}`);
    entries.push([path, { sha256, mode }]);
  }
  const manifest = buildManifest(origin, entries);
  const text = manifestText(manifest);
  const manifestBytes = Buffer.from(text);
  compare({ path: manifestName, text, mode: 0o644 }, manifestBytes);
  const writes = changes.length;
  for (const path of removed(previous, manifest.files, folder)) take(path, folder.read(path), null);
  const owner = clusterOf(folder);
  return {
    changes: changes.toSorted(byPath),
    unchanged: entries.length + 1 - writes,
    conflicts: conflicts.toSorted(byPath),
    foreign: foreignFiles(folder, manifest.files, previous),
    otherCluster: owner === origin.cluster ? null : owner,
    removedHosts: Object.keys(previous).flatMap((path) => leavingHost(path, manifest.files)),
    manifestDigest: sha256Hex(manifestBytes),
  };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function inScope(path: string, scope: Scope): boolean {
  return scope === "all" || isOfHosts(path, scope.hosts);
}

/** Git keeps this permission only, so that no other one makes a file stale. */
function isExecutable(mode = 0): boolean {
  return (mode & 0o100) !== 0;
}

/** On FAT every file is executable: modes there mean nothing. */
function doesKeepModes({ entries }: Folder): boolean {
  return [...entries.values()].some(({ kind, mode }) => kind === "file" && !isExecutable(mode));
}

function removed(previous: Manifest["files"], now: Manifest["files"], folder: Folder): string[] {
  return Object.keys(previous).filter(
    (path) => !Object.hasOwn(now, path) && folder.entries.get(path)?.kind === "file",
  );
}

const notFiles: Readonly<Record<Exclude<FolderEntry["kind"], "file">, string>> = {
  directory: phrase`is a directory, not a file`,
  symlink: phrase`is a symlink, not a file`,
  other: phrase`is a device, socket or pipe, not a file`,
};

function conflict(
  path: string,
  before: Buffer | null,
  known: ManifestEntry | undefined,
  folder: Folder,
): Conflict[] {
  const entry = folder.entries.get(path);
  if (entry === undefined || path === manifestName) return [];
  if (entry.kind !== "file") return [{ path, reason: inLanguage(notFiles[entry.kind]) }];
  if (known === undefined) return [{ path, reason: say`was not written by lvsgen` }];
  if (known.sha256 === sha256Hex(before ?? "")) return [];
  return [{ path, reason: say`was edited by hand` }];
}

/** Deleted, or with another mode: a render puts that right without asking. */
function isChangedByHand(
  path: string,
  known: ManifestEntry | undefined,
  folder: Folder,
  keepsModes: boolean,
): boolean {
  if (known === undefined) return false;
  const entry = folder.entries.get(path);
  if (entry === undefined) return true;
  return keepsModes && isExecutable(entry.mode) !== isExecutable(Number.parseInt(known.mode, 8));
}

function leavingHost(path: string, now: Manifest["files"]): string[] {
  const host = /^([^/]+)\/setup\.sh$/.exec(path)?.[1];
  return host === undefined || Object.hasOwn(now, path) ? [] : [host];
}

/** Git's own files in an output that is a work tree: nobody asks about them. */
export function isOfGit(path: string): boolean {
  return path === ".git" || path.startsWith(".git/");
}

function foreignFiles(folder: Folder, now: Manifest["files"], previous: Manifest["files"]): string[] {
  return [...folder.entries].flatMap(([path, { kind }]) =>
    kind === "directory" ||
    path === manifestName ||
    Object.hasOwn(now, path) ||
    Object.hasOwn(previous, path) ||
    isOfGit(path)
      ? []
      : [path],
  );
}
