/** `lvsgen diff`: what changes for whom between two topologies. */

import type { CommandModule } from "yargs";
import { compareClusters } from "../diff/compare-clusters.ts";
import { comparisonText } from "../diff/diff-text.ts";
import { ownEngine } from "../render/own-engine.ts";
import { renderEach } from "../render/render-each.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, type ReportFormat, UsageError, writeData, writeNote } from "./shared.ts";

interface DiffArguments {
  readonly old: string;
  readonly new: string;
  readonly format: ReportFormat;
}

const hyphen = (file: string) => (file === "" ? "-" : file);

export const diffCommand: CommandModule<object, DiffArguments> = {
  command: "diff <old> <new>",
  describe: "Tell what changes for whom between two topologies",
  builder: (yargs) =>
    yargs
      .positional("old", {
        type: "string",
        coerce: hyphen,
        describe: "Topology as it is; - is standard input",
      })
      .positional("new", { type: "string", coerce: hyphen, describe: "Topology as it shall be" })
      .option("format", {
        choices: ["text", "json"] as const,
        default: "text" as const,
        describe: "How to report",
      })
      .epilogue("Exit status: 0 nothing changes, 1 something does, or a topology has errors") as never,
  handler: diff,
};

/** @throws ProblemError where they differ */
async function diff({ old, new: later, format }: DiffArguments): Promise<void> {
  if (old === "-" && later === "-")
    throw new UsageError("standard input is one topology: name a file for the other");
  const engine = ownEngine();
  const side = async (file: string) => {
    const { cluster } = await requireCluster({ file, format });
    return { cluster, artifacts: [...renderEach(cluster, engine)] };
  };
  const comparison = compareClusters(await side(old), await side(later));
  const { changes, hosts } = comparison;
  const isSame = changes.length === 0 && hosts.length === 0;
  if (format === "json") writeData(`${JSON.stringify({ same: isSame, ...comparison }, null, 2)}\n`);
  else if (!isSame) writeData(comparisonText(comparison));
  const said = `${old} -> ${later}: ${isSame ? "nothing changes" : `${changes.length} change${changes.length === 1 ? "" : "s"}, ${hosts.length} host${hosts.length === 1 ? "" : "s"} with other files`}`;
  if (!isSame) throw new ProblemError(said);
  writeNote(said);
}
