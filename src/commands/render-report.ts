/** What `lvsgen render` says about an output: what it wrote, what it would write, and why it does not. */

import { counted, listed } from "../base/counted.ts";
import { quoteWord } from "../base/quote-word.ts";
import { say } from "../languages/say.ts";
import type { Comparison } from "../output/compare.ts";
import { manifestName } from "../output/manifest.ts";
import { bounded, changedLines } from "./changed-files.ts";
import { type RenderWords as CommandWords, otherClusterText, staleText } from "./check-output.ts";
import { ProblemError } from "./errors.ts";
import type { ReportFormat } from "./report-format.ts";
import { writeReport } from "./reports.ts";
import { writeNote } from "./streams.ts";

/** The options that its words depend on. */
interface RenderWords extends CommandWords {
  readonly format: ReportFormat;
  readonly force: boolean;
}

export function refuseOtherCluster(args: RenderWords, cluster: string, comparison: Comparison): void {
  const { otherCluster, conflicts } = comparison;
  if (args.force || otherCluster === null) return;
  const reason = say`is of the cluster ${otherCluster}, not of ${cluster}`;
  reportRefused(args, { ...comparison, conflicts: [{ path: manifestName, reason }, ...conflicts] });
  const { out, file } = args;
  throw new ProblemError(
    [
      say`nothing written: ${otherClusterText({ out, file, cluster, otherCluster })}`,
      say`Use another folder with --out. If the cluster has a new name, or its old output may go, use --force.`,
    ].join("\n"),
  );
}

export function refuseConflicts(args: RenderWords, comparison: Comparison): void {
  if (args.force || comparison.conflicts.length === 0) return;
  reportRefused(args, comparison);
  throw new ProblemError(
    [
      say`nothing written, as it would overwrite files that lvsgen did not write:`,
      ...conflictLines(args, comparison),
      say`Change the topology instead, or overwrite the files with --force (--diff shows the changes).`,
    ].join("\n"),
  );
}

function conflictLines({ out }: RenderWords, { conflicts }: Comparison): string[] {
  return conflicts.map(({ path, reason }) => `  ${out}/${path} ${reason}`);
}

function reportRefused({ out, format }: RenderWords, comparison: Comparison): void {
  if (format !== "json") return;
  const { unchanged, foreign, conflicts } = comparison;
  const nothing = { created: [], updated: [], removed: [], removedHosts: [] };
  writeReport("render", { out, ...nothing, unchanged, foreign, conflicts });
}

export function reportCheck(args: RenderWords, cluster: string, comparison: Comparison): void {
  const stale = comparison.changes.map(({ path, kind, byHand }) => ({ path, change: kind, byHand }));
  if (args.format === "json") writeReport("render-check", { fresh: stale.length === 0, stale });
  const text = staleText(args, cluster, comparison);
  if (text !== null) throw new ProblemError(text);
  writeNote(say`${args.out} is fresh: ${counted(comparison.unchanged, "file")}`);
}

/** After the diff itself: what a render would refuse. */
export function reportDiff(args: RenderWords, cluster: string, comparison: Comparison): void {
  const { otherCluster, changes, conflicts } = comparison;
  const { out, file } = args;
  if (otherCluster !== null)
    writeNote(say`warning: ${otherClusterText({ out, file, cluster, otherCluster })}`);
  if (conflicts.length > 0)
    writeNote([say`a render would need --force:`, ...bounded(conflictLines(args, comparison))].join("\n"));
  writeNote(
    changes.length === 0
      ? say`${out} is up to date: no changes`
      : say`nothing written: --diff shows only; --diff --write writes, too`,
  );
}

/** How many files of others are named one by one. */
const shownForeign = 5;

type Written = Pick<Comparison, "changes" | "unchanged" | "foreign" | "otherCluster" | "removedHosts">;

export const nothingChanged = { changes: [], otherCluster: null, removedHosts: [] } as const;

export function reportWritten(args: RenderWords, written: Written): void {
  const { changes, unchanged, foreign, removedHosts } = written;
  const { out } = args;
  const named = (kind: string) => changes.filter((change) => change.kind === kind).map(({ path }) => path);
  const [created, updated, removed] = [named("create"), named("update"), named("remove")];
  if (args.format === "json") {
    const report = { out, created, updated, removed, unchanged, foreign, removedHosts, conflicts: [] };
    writeReport("render", report);
    return;
  }
  for (const path of foreign.slice(0, shownForeign)) {
    writeNote(say`kept ${out}/${path}, which lvsgen did not write`);
  }
  if (foreign.length > shownForeign)
    writeNote(say`and ${counted(foreign.length - shownForeign, "more file")} that lvsgen did not write`);
  if (changes.length === 0) {
    writeNote(say`${out} is up to date: ${counted(unchanged, "file")}, nothing written`);
    return;
  }
  writeNote(
    say`${out}: ${created.length} created, ${updated.length} updated, ${removed.length} removed, ${unchanged} unchanged`,
  );
  for (const line of [...changedLines(changes), ...whatIsLeft(written), nextStep(args)]) writeNote(line);
}

/** What hosts still have that the output no longer knows. */
function whatIsLeft({ otherCluster, removedHosts }: Written): string[] {
  if (otherCluster !== null) return [say`replaced the output of the cluster "${otherCluster}"`];
  if (removedHosts.length === 0) return [];
  const shown = removedHosts.slice(0, shownForeign);
  const more = removedHosts.length - shown.length;
  const who = more > 0 ? say`${listed(shown)} and ${counted(more, "more host")}` : listed(shown);
  return [
    removedHosts.length === 1
      ? say`${who} is no longer part of the cluster, but keeps what was installed there. When the others have their new files:`
      : say`${who} are no longer part of the cluster, but keep what was installed there. When the others have their new files:`,
    `  lvsgen retire HOST   ${say`with the host's address, or as ssh knows it; --dry-run shows what goes`}`,
  ];
}

function nextStep({ file, out, templates }: RenderWords): string {
  const own = templates === undefined ? "" : ` --templates ${quoteWord(templates)}`;
  const deploy = `lvsgen deploy ${quoteWord(file)} --from ${quoteWord(out)}${own}`;
  return say`next: ${deploy}, or copy a host's folder to the host and run its setup.sh as root`;
}
