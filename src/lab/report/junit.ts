/** JUnit XML, which continuous integration systems show: a suite a scenario, a case a check; what was not tried is skipped. */

import type { CheckEvent, OmissionEvent } from "../events.ts";
import { failedChecks, type LabReport, type ProvenCheck } from "./report.ts";

export function junitReport(report: LabReport): string {
  const { checks, omissions } = report;
  const scenarios = [...new Set([...checks, ...omissions].map(({ scenario }) => scenario))];
  const counts = countsOf(checks.length, failedChecks(report).length, omissions.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(`lvsgen lab ${report.cluster}`)}" ${counts} time="${seconds(report.milliseconds)}">`,
    ...scenarios.flatMap((scenario) => suite(report, scenario)),
    "</testsuites>",
    "",
  ].join("\n");
}

/** Cases that are skipped count among the tests. */
function countsOf(checks: number, failures: number, skipped: number): string {
  return `tests="${checks + skipped}" failures="${failures}" skipped="${skipped}"`;
}

function suite(report: LabReport, scenario: string): string[] {
  const checks = report.checks.filter((check) => check.scenario === scenario);
  const omissions = report.omissions.filter((omission) => omission.scenario === scenario);
  const failures = checks.filter((check) => !check.ok).length;
  const counts = countsOf(checks.length, failures, omissions.length);
  const time = seconds(report.durations.get(scenario) ?? 0);
  return [
    `  <testsuite name="${escapeXml(scenario)}" ${counts} time="${time}">`,
    ...checks.flatMap((check) => testCase(check, report.kernel !== check.kernel)),
    ...omissions.flatMap(skippedCase),
    "  </testsuite>",
  ];
}

/** @param isOneOfSeveral whether the kernel has to be named */
function testCase(check: ProvenCheck, isOneOfSeveral: boolean): string[] {
  const head = headOf(isOneOfSeveral ? { ...check, host: `${check.host} on ${check.kernel}` } : check);
  if (check.ok) return [`${head}/>`];
  const failure = `      <failure message="${escapeXml(check.figure)}">${escapeXml(check.detail)}</failure>`;
  return [`${head}>`, failure, "    </testcase>"];
}

function skippedCase(omission: OmissionEvent): string[] {
  const skipped = `      <skipped message="${escapeXml(omission.reason)}"/>`;
  return [`${headOf(omission)}>`, skipped, "    </testcase>"];
}

function headOf({ scenario, host, name }: CheckEvent | OmissionEvent): string {
  return `    <testcase classname="${escapeXml(`${scenario}.${host}`)}" name="${escapeXml(name)}"`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** XML 1.0 has no way to write most control characters; they become a replacement character. */
function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML forbids
  const plain = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD");
  return plain
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
