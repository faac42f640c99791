/** Proves a cluster: the lab's one function for commands and tests. */

import type { Cluster } from "../topology/model.ts";
import { labSpec } from "./build-spec.ts";
import type { LabEvent } from "./events.ts";
import { guestPath } from "./prepare.ts";
import { type LabReport, ReportBuilder } from "./report/report.ts";
import { type BackendName, chooseBackend, runLab } from "./run-lab.ts";
import { DEFAULT_SCENARIOS, type ScenarioName } from "./scenarios/names.ts";
import type { LabOptions } from "./spec.ts";

export interface ProveOptions extends LabOptions {
  /** null chooses. */
  readonly backend: BackendName | null;
  /** null: the default set. */
  readonly scenarios: readonly ScenarioName[] | null;
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
  /** The lab stays after the checks, until the signal: a `kept` event says where its door is. */
  readonly keep?: boolean;
}

/**
 * Runs scenarios on the scripts of `scriptsDir`, which holds `<host>/lvs_dr.sh` and `<host>/lvs_rs.sh`.
 *
 * @throws LabBroken when the lab itself could not do its work
 */
export async function proveCluster(
  cluster: Cluster,
  scriptsDir: string,
  options: ProveOptions,
): Promise<LabReport> {
  const backend = chooseBackend(options.backend);
  const builder = new ReportBuilder();
  await runLab(labSpec(cluster, scriptsDir, options), {
    ...options,
    backend: backend.name,
    guest: options.guest ?? guestPath(),
    scenarios: options.scenarios ?? DEFAULT_SCENARIOS,
    onEvent(event) {
      builder.note(event);
      options.onEvent(event);
    },
  });
  return builder.build(cluster.name, backend.name);
}
