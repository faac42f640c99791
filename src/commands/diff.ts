/** `lvsgen diff`: what changes between two topologies, and for whom. */

import { counted } from "../base/counted.ts";
import { compareClusters } from "../diff/compare-clusters.ts";
import { comparisonText } from "../diff/diff-text.ts";
import { say } from "../languages/say.ts";
import { ownRenderer } from "../render/own-renderer.ts";
import { renderEach } from "../render/render-each.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, reportFormat, writeData, writeNote } from "./shared.ts";

const data = {
  positionals: {
    old: {
      kind: "path",
      value: "OLD",
      required: true,
      input: true,
      describe: "Present topology; - is standard input",
    },
    new: {
      kind: "path",
      value: "NEW",
      required: true,
      input: true,
      describe: "New topology; - is standard input",
    },
  },
  options: { format: reportFormat },
  epilogue: "Exit status: 0 no changes, 1 changes, or a topology has errors",
} as const;

type DiffArguments = Values<typeof data.positionals> & Values<typeof data.options>;

export const diffCommand = defineCommand(data, diff);

/** @throws ProblemError if they differ */
async function diff({ old, new: later, format }: DiffArguments): Promise<void> {
  const renderer = ownRenderer();
  const side = async (file: string) => {
    const { cluster } = await requireCluster({ file, format });
    return { cluster, artifacts: [...renderEach(cluster, renderer)] };
  };
  const comparison = compareClusters(await side(old), await side(later));
  const { changes, hosts } = comparison;
  const isSame = changes.length === 0 && hosts.length === 0;
  if (format === "json") writeReport("diff", { same: isSame, ...comparison });
  else if (!isSame) writeData(comparisonText(comparison));
  const said = isSame
    ? say`${old} -> ${later}: no changes`
    : say`${old} -> ${later}: ${counted(changes.length, "change")}, ${counted(hosts.length, "host")} with other files`;
  if (!isSame) throw new ProblemError(said);
  writeNote(said);
}
