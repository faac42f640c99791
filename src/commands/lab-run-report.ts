/** A run of the lab as data. */

import { failedChecks, type LabReport } from "../lab/report/report.ts";
import type { LabRunReport } from "./reports.ts";

export function labRunReport(report: LabReport): LabRunReport {
  const { cluster, backend, kernel, milliseconds } = report;
  const failed = failedChecks(report).length;
  const checks = report.checks.map(({ type: _type, ...check }) => check);
  const notTried = report.omissions.map(({ type: _type, ...omission }) => omission);
  const durations = Object.fromEntries(report.durations);
  return {
    cluster,
    backend,
    kernel,
    milliseconds,
    passed: checks.length - failed,
    failed,
    notTried,
    durations,
    checks,
  };
}
