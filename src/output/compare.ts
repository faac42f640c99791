/** What a render would change in an output folder. */

import type { Artifact } from "../render/artifact.ts";
import { sha256Hex } from "../render/digest.ts";
import { isOfHosts } from "../render/owner.ts";
import { buildManifest, type Manifest, manifestName, manifestText } from "./manifest.ts";
import type { Folder } from "./read-folder.ts";

export interface FileChange {
  readonly path: string;
  readonly kind: "create" | "update" | "remove";
  /** Text and mode now; null where there is no such file. */
  readonly before: string | null;
  /** The new file; null where it goes. */
  readonly after: Artifact | null;
}

export interface Comparison {
  /** Sorted by path. The manifest is one of them. */
  readonly changes: readonly FileChange[];
  readonly unchanged: number;
  /** Generated files that were changed by hand since, or that stand where somebody else's file is. */
  readonly conflicts: readonly { readonly path: string; readonly reason: string }[];
  /** Files that lvsgen did not write; they are left alone. */
  readonly foreign: readonly string[];
}

/** Which part of the output is rendered: all of it, or these hosts' files only. */
export type Scope = { readonly hosts: ReadonlySet<string> } | "all";

export function compareOutput(
  artifacts: readonly Artifact[],
  topologyDigest: string,
  scope: Scope,
  folder: Folder,
): Comparison {
  const previous = folder.manifest?.files ?? {};
  const kept = Object.fromEntries(Object.entries(previous).filter(([path]) => !inScope(path, scope)));
  const manifest = buildManifest(artifacts, topologyDigest, kept);
  const wanted = [...artifacts, manifestArtifact(manifest)];
  const changes = [...writes(wanted, folder), ...removals(previous, manifest.files, folder)];
  return {
    changes: changes.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    unchanged: wanted.length - changes.filter(({ kind }) => kind !== "remove").length,
    conflicts: changes.flatMap((change) => conflict(change, previous, folder)),
    foreign: foreignFiles(folder, manifest.files, previous),
  };
}

function inScope(path: string, scope: Scope): boolean {
  return scope === "all" || isOfHosts(path, scope.hosts);
}

function manifestArtifact(manifest: Manifest): Artifact {
  return { path: manifestName, text: manifestText(manifest), mode: 0o644 };
}

function writes(wanted: readonly Artifact[], folder: Folder): FileChange[] {
  return wanted.flatMap((after): FileChange[] => {
    const entry = folder.entries.get(after.path);
    if (entry === undefined) return [{ path: after.path, kind: "create", before: null, after }];
    const before = entry.kind === "file" ? folder.read(after.path) : null;
    const same = before === after.text && isExecutable(entry.mode) === isExecutable(after.mode);
    return same ? [] : [{ path: after.path, kind: "update", before, after }];
  });
}

/** Git keeps no other permission than this one, so no other one makes a file stale. */
function isExecutable(mode: number): boolean {
  return (mode & 0o100) !== 0;
}

function removals(previous: Manifest["files"], now: Manifest["files"], folder: Folder): FileChange[] {
  return Object.keys(previous)
    .filter((path) => !Object.hasOwn(now, path) && folder.entries.get(path)?.kind === "file")
    .map((path) => ({ path, kind: "remove", before: folder.read(path), after: null }));
}

function conflict(change: FileChange, previous: Manifest["files"], folder: Folder) {
  const { path, before } = change;
  const entry = folder.entries.get(path);
  if (entry === undefined || path === manifestName) return [];
  if (entry.kind !== "file") return [{ path, reason: `is a ${entry.kind}, where a file belongs` }];
  const known = Object.hasOwn(previous, path) ? previous[path] : undefined;
  if (known === undefined) return [{ path, reason: "was not written by lvsgen" }];
  if (known.sha256 === sha256Hex(before ?? "")) return [];
  return [{ path, reason: "was edited by hand" }];
}

function foreignFiles(folder: Folder, now: Manifest["files"], previous: Manifest["files"]): string[] {
  return [...folder.entries].flatMap(([path, { kind }]) =>
    kind === "directory" || path === manifestName || Object.hasOwn(now, path) || Object.hasOwn(previous, path)
      ? []
      : [path],
  );
}
