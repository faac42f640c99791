/** What commands have in common: reading a topology, talking to people, failing. */

import type { Argv } from "yargs";
import { canonicalJson, sha256Hex } from "../render/digest.ts";
import { type CheckedTopology, checkTopology } from "../topology/check-topology.ts";
import { diagnosticsText } from "../topology/diagnostics-text.ts";
import type { Cluster } from "../topology/model.ts";
import { suggestion } from "../topology/suggest.ts";
import { ProblemError, UsageError } from "./errors.ts";
import { secretReader } from "./read-secret.ts";
import { readTopologyText } from "./read-topology.ts";
import { isColored, writeData, writeError } from "./streams.ts";

export { ProblemError, UsageError } from "./errors.ts";
export { writeData, writeNote } from "./streams.ts";

export type ReportFormat = "text" | "json";

export interface TopologyArguments {
  readonly file: string;
  readonly format: ReportFormat;
}

/** The arguments of every command that reads a topology. */
export function topologyOptions<T>(
  yargs: Argv<T>,
  formats: readonly string[] = ["text", "json"],
  demandFile = true,
): Argv<T & TopologyArguments> {
  return yargs
    .positional("file", {
      type: "string",
      demandOption: demandFile,
      // yargs makes an empty text of a lone hyphen; empty arguments themselves are refused before.
      coerce: (file: string) => (file === "" ? "-" : file),
      describe: "Topology, .json or .yaml; - is standard input",
    })
    .option("format", {
      choices: formats,
      default: "text",
      describe: "How to report",
    }) as unknown as Argv<T & TopologyArguments>;
}

/** How many diagnostics a person is shown; JSON has all. */
const shownDiagnostics = 100;

/**
 * Reads and checks a topology, and prints what there is to say about it.
 *
 * @returns the cluster, and the SHA-256 of its normalized form
 * @throws UsageError where the file cannot be read, ProblemError where the topology has errors
 */
export function requireCluster({ file, format }: TopologyArguments): {
  readonly cluster: Cluster;
  readonly digest: string;
} {
  const checked = checkTopology(readTopologyText(file), file, secretReader(file));
  const { cluster } = checked;
  if (cluster === null) {
    if (format === "json") writeData(diagnosticsJson(checked));
    throw new ProblemError(explain(checked, format));
  }
  if (checked.diagnostics.length > 0) writeError(explain(checked, "text"));
  return { cluster, digest: sha256Hex(canonicalJson(cluster)) };
}

/** Diagnostics and their count, for people. */
export function explain(checked: CheckedTopology, format: ReportFormat): string {
  const { diagnostics, name, text } = checked;
  const shownName = name === "-" ? "standard input" : name;
  const blocks = diagnosticsText(diagnostics, shownName, text, {
    color: isColored(),
    limit: shownDiagnostics,
  });
  return format === "json" ? countText(checked) : `${blocks}${countText(checked)}`;
}

export function diagnosticsJson({ diagnostics, cluster, name }: CheckedTopology): string {
  return `${JSON.stringify({ file: name, valid: cluster !== null, diagnostics }, null, 2)}\n`;
}

function countText({ diagnostics, name }: CheckedTopology): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const worst = diagnostics.find(({ severity }) => severity === "error") ?? diagnostics[0];
  const more = worst === undefined ? "" : ` (lvsgen validate --explain ${worst.code} tells more)`;
  return `${name}: ${counted(errors, "error")}, ${counted(warnings, "warning")}${more}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * The hosts that `--host` picks; all without it.
 *
 * @throws UsageError for a host that the topology does not have
 */
export function hostFilter(
  cluster: Cluster,
  names: readonly string[] | undefined,
): (name: string) => boolean {
  if (names === undefined) return () => true;
  for (const name of names) {
    if (cluster.hosts.has(name)) continue;
    throw new UsageError(
      `the topology has no host ${JSON.stringify(name)}: ${suggestion(name, [...cluster.hosts.keys()], "its hosts are")}`,
    );
  }
  const selected = new Set(names);
  return (name) => selected.has(name);
}
