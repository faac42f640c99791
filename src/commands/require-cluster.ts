/** A topology's file -> the cluster, for commands that go on with it. */

import { counted } from "../base/counted.ts";
import { canonicalJson, sha256Hex } from "../base/digest.ts";
import { quoteWord } from "../base/quote-word.ts";
import { say } from "../languages/say.ts";
import type { CheckedTopology } from "../rules/check-loaded.ts";
import type { Cluster } from "../topology/model.ts";
import { checkFile, diagnosticsJson, explain, isRefused } from "./check-file.ts";
import { ProblemError } from "./errors.ts";
import type { TopologyArguments } from "./shared.ts";
import { writeData, writeNote } from "./streams.ts";

/**
 * Reads and checks a topology. Prints errors in full, and the number of warnings: `lvsgen validate` shows them (those of
 * standard input are printed in full).
 *
 * @param text of the file, if it has been read
 * @returns the cluster, and the SHA-256 of its normalized form
 * @throws UsageError if the file cannot be read, ProblemError if the topology has errors, or warnings with strict
 */
export async function requireCluster(
  { file, format, strict = false, quiet = false }: TopologyArguments & Strictness,
  text?: string,
): Promise<RequiredCluster> {
  const checked = await checkFile(file, text);
  const { cluster } = checked;
  if (cluster === null || isRefused(checked, strict)) {
    if (format === "json") writeData(diagnosticsJson(checked));
    throw new ProblemError(explain(checked, { format, strict, quiet }));
  }
  if (checked.diagnostics.length > 0 && !quiet) writeNote(warningsText(checked));
  const isByTextAlone = checked.diagnostics.length === 0 && !checked.readsSecrets;
  return { cluster, digest: sha256Hex(canonicalJson(cluster)), isByTextAlone };
}

/** Standard input is gone when it has been read: nobody could look its warnings up. */
function warningsText(checked: CheckedTopology): string {
  const { name: file, diagnostics } = checked;
  if (file === "-") return explain(checked, { format: "text" });
  const count = diagnostics.length;
  const warnings = counted(count, "warning");
  return count === 1
    ? say`${file}: ${warnings} (lvsgen validate ${quoteWord(file)} shows it)`
    : say`${file}: ${warnings} (lvsgen validate ${quoteWord(file)} shows them)`;
}

/** Of commands with these options. */
interface Strictness {
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

interface RequiredCluster {
  readonly cluster: Cluster;
  readonly digest: string;
  /** Whether the same text gives the same cluster each time, without warnings. */
  readonly isByTextAlone: boolean;
}
