/** Whose output a folder has. */

import type { Folder } from "./read-folder.ts";

/** The cluster's name; null if there is no output, or it does not say. */
export function clusterOf(folder: Folder): string | null {
  const { manifest } = folder;
  if (manifest === null) return null;
  if (manifest.cluster !== undefined) return manifest.cluster;
  // Of 0.1.0: its scripts say so.
  const script = Object.keys(manifest.files).find(
    (path) => /^[^/]+\/lvs_(dr|rs)\.sh$/.test(path) && folder.entries.get(path)?.kind === "file",
  );
  if (script === undefined) return null;
  return /^CLUSTER=([a-z][a-z0-9-]*)$/m.exec(folder.read(script).toString())?.[1] ?? null;
}
