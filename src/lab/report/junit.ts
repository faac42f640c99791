/** JUnit XML, which continuous integration systems show: a suite a scenario, a case a check. */

import type { CheckEvent } from "../events.ts";
import { failedChecks, type LabReport } from "./report.ts";

export function junitReport(report: LabReport): string {
  const scenarios = [...new Set(report.checks.map((check) => check.scenario))];
  const counts = `tests="${report.checks.length}" failures="${failedChecks(report).length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(`lvsgen lab ${report.cluster}`)}" ${counts} time="${seconds(report.milliseconds)}">`,
    ...scenarios.flatMap((scenario) => suite(report, scenario)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(report: LabReport, scenario: string): string[] {
  const checks = report.checks.filter((check) => check.scenario === scenario);
  const failures = checks.filter((check) => !check.ok).length;
  const time = seconds(report.durations.get(scenario) ?? 0);
  return [
    `  <testsuite name="${escapeXml(scenario)}" tests="${checks.length}" failures="${failures}" time="${time}">`,
    ...checks.flatMap(testCase),
    "  </testsuite>",
  ];
}

function testCase(check: CheckEvent): string[] {
  const head = `    <testcase classname="${escapeXml(`${check.scenario}.${check.host}`)}" name="${escapeXml(check.name)}"`;
  if (check.ok) return [`${head}/>`];
  const failure = `      <failure message="${escapeXml(check.figure)}">${escapeXml(check.detail)}</failure>`;
  return [`${head}>`, failure, "    </testcase>"];
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
