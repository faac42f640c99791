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
 * @returns the cluster, and the SHA-256 of its normalized form
 * @throws UsageError where the file cannot be read, ProblemError where the topology has errors
 */
export async function requireCluster({
  file,
  format,
}: TopologyArguments): Promise<{ readonly cluster: Cluster; readonly digest: string }> {
  const checked = await checkFile(file);
  const { cluster } = checked;
  if (cluster === null) {
    if (format === "json") writeData(diagnosticsJson(checked));
    throw new ProblemError(explain(checked, format));
  }
  if (checked.diagnostics.length > 0) writeError(explain(checked, "text"));
  return { cluster, digest: sha256Hex(canonicalJson(cluster)) };
}
