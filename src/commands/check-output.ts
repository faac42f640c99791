/** Whether a folder has what a render would write there, and if not, why and what to do: for `--check`, and for deploy. */

import { quoteWord } from "../base/quote-word.ts";
import type { Comparison, OutputChange } from "../output/compare.ts";
import { bounded } from "./changed-files.ts";

export interface RenderWords {
  readonly file: string;
  readonly out: string;
  readonly host?: readonly string[] | undefined;
  readonly templates?: string | undefined;
  readonly lint?: boolean;
  readonly shellcheck?: string | undefined;
}

/** The render that somebody meant, for a shell. */
export function renderCommandLine(words: RenderWords): string {
  const { file, out, host = [], templates, lint = true, shellcheck } = words;
  const given = [
    "lvsgen",
    "render",
    file,
    "--out",
    out,
    ...host.flatMap((name) => ["--host", name]),
    ...(templates === undefined ? [] : ["--templates", templates]),
    ...(lint ? [] : ["--no-lint"]),
    ...(shellcheck === undefined ? [] : ["--shellcheck", shellcheck]),
  ];
  // quoteWord would quote a leading dash, which options have.
  return given.map((word) => (/^--[a-z-]+$/.test(word) ? word : quoteWord(word))).join(" ");
}

/** @returns null if it has */
export function staleText(words: RenderWords, cluster: string, comparison: Comparison): string | null {
  const { changes, otherCluster } = comparison;
  if (changes.length === 0) return null;
  const command = renderCommandLine(words);
  const { out, file } = words;
  if (otherCluster !== null)
    return [
      otherClusterText({ out, file, cluster, otherCluster }),
      ...bounded(changes.map(lineOf)),
      "Give the folder of this cluster with --out.",
    ].join("\n");
  if (changes.every(({ byHand }) => byHand))
    return [
      `${out} was changed by hand since the last render; the topology still gives the same files:`,
      ...bounded(changes.map(({ path, kind }) => `  ${kind === "create" ? "deleted" : "edited"} ${path}`)),
      `To undo that, run '${command} --force'. To keep it, change the topology, or a template (--templates).`,
    ].join("\n");
  const isEdited = changes.some(({ kind, byHand }) => byHand && kind === "update");
  return [
    `${out} is stale; run '${command}':`,
    ...bounded(changes.map(lineOf)),
    ...(isEdited ? ["That render needs --force, and overwrites the edits; --diff shows them."] : []),
  ].join("\n");
}

function lineOf({ kind, path, byHand }: OutputChange): string {
  const why = byHand ? ` (${kind === "create" ? "deleted" : "edited"} by hand)` : "";
  return `  ${kind} ${path}${why}`;
}

interface TwoClusters {
  readonly out: string;
  readonly file: string;
  readonly cluster: string;
  readonly otherCluster: string;
}

export function otherClusterText({ out, file, cluster, otherCluster }: TwoClusters): string {
  const shown = file === "-" ? "standard input" : file;
  return `${out} has the output of the cluster "${otherCluster}", and ${shown} is "${cluster}"`;
}
