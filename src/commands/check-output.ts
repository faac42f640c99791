/** Whether a folder has what a render would write there, and if not, why and what to do: for `--check`, and for deploy. */

import { quoteWord } from "../base/quote-word.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
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
      say`Give the folder of this cluster with --out.`,
    ].join("\n");
  if (changes.every(({ byHand }) => byHand))
    return [
      say`${out} was changed by hand since the last render; the topology still gives the same files:`,
      ...bounded(
        changes.map(({ path, kind }) => `  ${kind === "create" ? say`deleted` : say`edited`} ${path}`),
      ),
      say`To undo that, run '${command} --force'. To keep it, change the topology, or a template (--templates).`,
    ].join("\n");
  const isEdited = changes.some(({ kind, byHand }) => byHand && kind === "update");
  return [
    say`${out} is stale; run '${command}':`,
    ...bounded(changes.map(lineOf)),
    ...(isEdited ? [say`That render needs --force, and overwrites the edits; --diff shows them.`] : []),
  ].join("\n");
}

const kinds = { create: phrase`create`, update: phrase`update`, remove: phrase`remove` } as const;

function lineOf({ kind, path, byHand }: OutputChange): string {
  const what = `${inLanguage(kinds[kind])} ${path}`;
  if (!byHand) return `  ${what}`;
  return `  ${kind === "create" ? say`${what} (deleted by hand)` : say`${what} (edited by hand)`}`;
}

interface TwoClusters {
  readonly out: string;
  readonly file: string;
  readonly cluster: string;
  readonly otherCluster: string;
}

export function otherClusterText({ out, file, cluster, otherCluster }: TwoClusters): string {
  const shown = file === "-" ? say`standard input` : file;
  return say`${out} has the output of the cluster "${otherCluster}", and ${shown} is "${cluster}"`;
}
