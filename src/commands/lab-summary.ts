/** A run of the lab as data. */

import { failedChecks, type LabReport } from "../lab/report/report.ts";
import type { LabSummary } from "./reports.ts";

export function labSummary(report: LabReport): LabSummary {
  const { cluster, backend, kernel, milliseconds } = report;
  const failed = failedChecks(report).length;
  const checks = report.checks.map(({ type: _type, ...check }) => check);
  const durations = Object.fromEntries(report.durations);
  return {
    cluster,
    backend,
    kernel,
    milliseconds,
    passed: checks.length - failed,
    failed,
    durations,
    checks,
  };
}
