/** Shared by commands: arguments, output, errors. */

import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import type { Argument } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import type { ReportFormat } from "./report-format.ts";

export { ProblemError, UsageError } from "./errors.ts";
export type { ReportFormat } from "./report-format.ts";
export { muteNotes, writeData, writeNote } from "./streams.ts";

export interface TopologyArguments {
  readonly file: string;
  readonly format: ReportFormat;
}

export const topologyFile = {
  kind: "path",
  value: "FILE",
  required: true,
  input: true,
  describe: "Topology, .json or .yaml; - is standard input",
} as const satisfies Argument;

export const reportFormat = {
  kind: "choice",
  choices: ["text", "json"],
  default: "text",
  describe: "Report format",
} as const satisfies Argument;

export const strictSwitch = {
  kind: "switch",
  describe: "Fail if there are warnings, too",
} as const satisfies Argument;

export const quietSwitch = {
  kind: "switch",
  describe: "Print errors only",
} as const satisfies Argument;

export const onlyHosts = {
  kind: "list",
  of: "text",
  value: "HOST",
  describe: "Only this host",
  suggest: suggestHosts,
} as const satisfies Argument;

export const templatesFolder = {
  kind: "path",
  value: "FOLDER",
  describe: "Folder with templates that replace lvsgen's own",
} as const satisfies Argument;

/** The hosts of a topology, for completion: without its errors. */
export async function suggestHosts(file: string | undefined): Promise<readonly string[]> {
  const { hostNames } = await import("./suggest-hosts.ts");
  return hostNames(file);
}

/**
 * The hosts of `--host`; all without it.
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
      say`unknown host ${JSON.stringify(name)}: ${suggestion(name, [...cluster.hosts.keys()], say`the hosts are`)}`,
    );
  }
  const selected = new Set(names);
  return (name) => selected.has(name);
}
