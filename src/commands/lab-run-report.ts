/** A run of the lab as data. */

import { failedChecks, type LabReport } from "../lab/report/report.ts";
import type { TargetKernels } from "../lab/report/targets.ts";
import type { LabRunReport } from "./reports.ts";

/**
 * @param targets kernels of the hosts
 * @param repeat command that runs the failed scenarios again, null where none failed
 */
export function labRunReport(
  report: LabReport,
  targets: readonly TargetKernels[],
  repeat: string | null,
): LabRunReport {
  const { cluster, backend, kernel, milliseconds } = report;
  const failed = failedChecks(report).length;
  const checks = report.checks.map(({ type: _type, ...check }) => check);
  const notTried = report.omissions.map(({ type: _type, ...omission }) => omission);
  const durations = Object.fromEntries(report.durations);
  return {
    cluster,
    backend,
    kernel,
    targets,
    milliseconds,
    passed: checks.length - failed,
    failed,
    notTried,
    durations,
    checks,
    repeat,
  };
}
