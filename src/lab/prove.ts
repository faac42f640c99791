/** Proves a cluster: the lab's one function for commands and tests. */

import { existsSync } from "node:fs";
import { relative } from "node:path";
import type { Cluster } from "../topology/model.ts";
import { ANY_KERNEL, type KernelChoice, LabBroken } from "./backends/backend.ts";
import { labSpec } from "./build-spec.ts";
import type { LabEvent } from "./events.ts";
import { guestPath } from "./prepare.ts";
import { proveReboot } from "./reboot/prove-reboot.ts";
import type { Replaced } from "./replaced.ts";
import { type LabReport, ReportBuilder } from "./report/report.ts";
import { type BackendName, chooseBackends, runLab } from "./run-lab.ts";
import { type ALL_SCENARIOS, REBOOT, scenariosOf } from "./scenarios/names.ts";
import type { ClusterSpec, LabOptions } from "./spec.ts";

export interface ProveOptions extends LabOptions {
  /** null chooses. */
  readonly backend: BackendName | null;
  /** Kernels to run in, one after the other; left out: any. */
  readonly choices?: readonly KernelChoice[];
  /** null: the default set. */
  readonly scenarios: readonly (typeof ALL_SCENARIOS)[number][] | null;
  /** Bundled runner; null: the one beside this program. */
  readonly guest: string | null;
  readonly onEvent: (event: LabEvent) => void;
  readonly signal: AbortSignal;
  /** Seconds after which a kernel is ended by force. */
  readonly timeout: number;
  /** Kernels at once. */
  readonly kernels: number;
  /** crash: injects every fault, also where it leaves a state that another one left before. */
  readonly thorough: boolean;
  /** reboot: the hosts to boot, null for all; trees that are ready. */
  readonly hosts?: readonly string[] | null;
  readonly trees?: readonly string[];
  /** What was replaced in the cluster before its scripts were rendered: said first. */
  readonly replaced?: readonly Replaced[];
  /** The lab stays after the checks, until the signal: a `kept` event says where its door is. */
  readonly keep?: boolean;
}

/**
 * Runs scenarios on the scripts of `scriptsDir`, which holds `<host>/lvs_dr.sh` and `<host>/lvs_rs.sh`; for reboot
 * also `<host>/setup.sh` with its other files.
 *
 * @throws LabBroken when the lab itself could not do its work
 */
export async function proveCluster(
  cluster: Cluster,
  scriptsDir: string,
  options: ProveOptions,
): Promise<LabReport> {
  const builder = new ReportBuilder();
  const notes = new Set<string>();
  const onEvent = (event: LabEvent): void => {
    // Of several kernels the same: once is enough.
    if (event.type === "note" && notes.has(event.text)) return;
    if (event.type === "note") notes.add(event.text);
    builder.note(event);
    options.onEvent(event);
  };
  for (const { scenario, service, name, reason } of options.replaced ?? [])
    onEvent({ type: "not-tried", scenario, host: service, name, reason });
  const scenarios = options.scenarios ?? scenariosOf(cluster);
  const inKernel = scenarios.filter((name) => name !== REBOOT);
  // A host's whole system boots in User-Mode Linux alone.
  const spec = labSpec(cluster, scriptsDir, options);
  requireScripts(spec, scriptsDir);
  const backends = new Set<BackendName>();
  const choices = inKernel.length > 0 ? (options.choices ?? [ANY_KERNEL]) : [];
  // All are looked at before one works for minutes.
  for (const kernel of choices.slice(1)) chooseBackends(options.backend, kernel, spec);
  for (const kernel of choices) {
    const used = await runLab(spec, {
      ...options,
      kernel,
      guest: options.guest ?? guestPath(),
      scenarios: inKernel,
      onEvent,
    });
    for (const name of used) backends.add(name);
  }
  if (inKernel.length < scenarios.length) {
    const { hosts = null, trees = [] } = options;
    const used = await proveReboot(cluster, scriptsDir, { ...options, hosts, trees, onEvent });
    for (const name of used) backends.add(name);
  }
  return builder.build(cluster.name, [...backends].join(", "));
}

/** @throws LabBroken where a host's script, or what it reads, is not among them */
function requireScripts({ hosts }: ClusterSpec, folder: string): void {
  const sources = hosts.flatMap(({ scripts, files }) => [...scripts, ...files]).map(({ source }) => source);
  const missing = sources.find((source) => !existsSync(source));
  if (missing !== undefined)
    throw new LabBroken(`the lab cannot be laid out: ${folder} has no ${relative(folder, missing)}`);
}
