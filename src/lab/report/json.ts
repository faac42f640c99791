/** For programs. */

import { failedChecks, type LabReport } from "./report.ts";

export function jsonReport(report: LabReport): string {
  const { cluster, backend, kernel, milliseconds } = report;
  const failed = failedChecks(report).length;
  const checks = report.checks.map(({ type: _type, ...check }) => check);
  const durations = Object.fromEntries(report.durations);
  const summary = { cluster, backend, kernel, milliseconds, passed: checks.length - failed, failed };
  return `${JSON.stringify({ ...summary, durations, checks }, null, 2)}\n`;
}
