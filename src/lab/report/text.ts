/** For people: the line of a check, and the summary. */

import type { CheckEvent, OmissionEvent } from "../events.ts";
import { failedChecks, type LabReport } from "./report.ts";

/** One check; a failed one with what is known about it, indented below. */
export function checkText(check: CheckEvent, color: boolean): string {
  const line = `${mark(check.ok ? "passed" : "failed", color)}  ${check.scenario}: ${check.host}: ${check.name} (${check.figure})\n`;
  if (check.ok || check.detail === "") return line;
  const detail = check.detail.trimEnd().split("\n");
  return line + detail.map((text) => `        ${text}\n`).join("");
}

/** What is not tried. */
export function omissionText({ scenario, host, name, reason }: OmissionEvent, color: boolean): string {
  return `${mark("untried", color)}  ${scenario}: ${host}: ${name} (not tried: ${reason})\n`;
}

export function summaryText(report: LabReport): string {
  const failed = failedChecks(report).length;
  const passed = report.checks.length - failed;
  const omitted = report.omissions.length;
  const untried = omitted > 0 ? `, ${omitted} not tried` : "";
  const seconds = (report.milliseconds / 1000).toFixed(1);
  return `${report.cluster}: ${passed} passed, ${failed} failed${untried} on Linux ${report.kernel} (${report.backend}) in ${seconds} s\n`;
}

const MARKS = {
  passed: { text: "ok  ", code: 32 },
  failed: { text: "FAIL", code: 31 },
  untried: { text: "--  ", code: 33 },
} as const;

/** What a line begins with. */
export function mark(kind: keyof typeof MARKS, color: boolean): string {
  const { text, code } = MARKS[kind];
  return color ? `\u001B[${code}m${text}\u001B[0m` : text;
}
