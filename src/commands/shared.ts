/** What commands have in common: arguments, talking to people, failing. */

import type { Argv } from "yargs";
import { suggestion } from "../base/suggest.ts";
import type { Cluster } from "../topology/model.ts";
import { UsageError } from "./errors.ts";

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
