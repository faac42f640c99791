/** out/manifest.json: what lvsgen wrote there, so that it recognises its own files. */

import { version } from "../base/version.ts";

export const manifestName = "manifest.json";

export interface ManifestEntry {
  /** Of the file's bytes, 64 lower-case hex digits. */
  readonly sha256: string;
  /** Octal, e.g. `0755`. */
  readonly mode: string;
}

export interface Manifest {
  readonly generator: string;
  /** The cluster's name; 0.1.0 wrote none. */
  readonly cluster?: string;
  /** SHA-256 of the normalized topology, as canonical JSON. */
  readonly topology: string;
  readonly files: Readonly<Record<string, ManifestEntry>>;
}

/** What an output is made from. */
export interface Origin {
  /** The cluster's name. */
  readonly cluster: string;
  /** SHA-256 of the normalized topology, as canonical JSON. */
  readonly topology: string;
}

/** Of these files, by their paths. */
export function buildManifest(
  { cluster, topology }: Origin,
  entries: readonly (readonly [string, ManifestEntry])[],
): Manifest {
  return {
    generator: `lvsgen ${version}`,
    cluster,
    topology,
    files: Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Reads a manifest's text; null if it is not one. */
export function parseManifest(text: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(text);
    return isManifest(value) ? value : null;
  } catch {
    return null;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || !isRecord(value.files)) return false;
  if (typeof value.generator !== "string" || typeof value.topology !== "string") return false;
  if (value.cluster !== undefined && typeof value.cluster !== "string") return false;
  return Object.entries(value.files).every(
    ([path, entry]) =>
      isRelativePath(path) &&
      isRecord(entry) &&
      typeof entry.sha256 === "string" &&
      typeof entry.mode === "string",
  );
}

/** A manifest may be edited by anybody: a path in it never leads out of the folder. */
function isRelativePath(path: string): boolean {
  return path !== "" && !path.split("/").some((part) => part === "" || part === "." || part === "..");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function octal(mode: number): string {
  return `0${(mode & 0o777).toString(8)}`;
}
