/** A topology's file -> the cluster, for commands that go on with it. */

import { canonicalJson, sha256Hex } from "../base/digest.ts";
import type { Cluster } from "../topology/model.ts";
import { checkFile, diagnosticsJson, explain } from "./check-file.ts";
import { ProblemError } from "./errors.ts";
import type { TopologyArguments } from "./shared.ts";
import { writeData, writeError } from "./streams.ts";

/**
 * Reads and checks a topology, and prints what there is to say about it.
 *
 * @param text of the file, where it has been read
 * @returns the cluster, and the SHA-256 of its normalized form
 * @throws UsageError where the file cannot be read, ProblemError where the topology has errors
 */
export async function requireCluster(
  { file, format }: TopologyArguments,
  text?: string,
): Promise<RequiredCluster> {
  const checked = await checkFile(file, text);
  const { cluster } = checked;
  if (cluster === null) {
    if (format === "json") writeData(diagnosticsJson(checked));
    throw new ProblemError(explain(checked, format));
  }
  if (checked.diagnostics.length > 0) writeError(explain(checked, "text"));
  const isByTextAlone = checked.diagnostics.length === 0 && !checked.readsSecrets;
  return { cluster, digest: sha256Hex(canonicalJson(cluster)), isByTextAlone };
}

interface RequiredCluster {
  readonly cluster: Cluster;
  readonly digest: string;
  /** Whether the same text is the same cluster each time, with nothing to be said about it. */
  readonly isByTextAlone: boolean;
}
