/** `lvsgen validate --explain` as users run it. */

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { rules } from "../../src/rules/registry.ts";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";

const codes = [
  "LVS001",
  "LVS002",
  "LVS010",
  "LVS011",
  "LVS012",
  "LVS013",
  "LVS014",
  ...rules.map(({ code }) => code),
].sort();

test("a code is explained on standard output, without a topology", () => {
  const { status, stdout, stderr } = lvsgen(["validate", "--explain", "LVS154"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^LVS154 {2}error {4}dr to a real server outside the director's subnets\n/);
  expect(stdout.match(/^[A-Z].*$/gm)?.slice(1)).toEqual([
    "What is wrong",
    "Why it matters",
    "What to do",
    "Wrong",
    "Right",
  ]);
  expect(lvsgen(["validate", "--explain", "lvs154"]).stdout).toBe(stdout);
});

test("as JSON it is data", () => {
  const { status, stdout } = lvsgen(["validate", "--explain", "LVS157", "--format", "json"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    code: "LVS157",
    severity: "warning",
    rule: "weight 0 on all real servers of a service",
    what: ["Every real server of a service has weight 0."],
    why: [expect.stringContaining("no destination available")],
    fix: [expect.any(String)],
    wrong: expect.stringMatching(/^virtualServices:\n {2}- name: web\n/),
    right: expect.stringMatching(/weight: 1 \}\n$/),
  });
});

test("list is a table of all codes, or all explanations as data", () => {
  const { status, stdout } = lvsgen(["validate", "--explain", "list"]);
  expect(status).toBe(0);
  expect(stdout.match(/^LVS\d+/gm)).toEqual(codes);
  const data = JSON.parse(lvsgen(["validate", "--explain", "list", "--format", "json"]).stdout);
  expect(data.codes.map(({ code }: { code: string }) => code)).toEqual(codes);
  expect(data.codes[0]).toHaveProperty("why");
});

/** In a terminal of its own, as many columns wide. */
function inTerminal(columns: number, environment: Record<string, string> = {}): string {
  const command = `stty cols ${columns}; '${process.execPath}' '${cli}' validate --explain LVS104`;
  const { stdout, status } = spawnSync("script", ["-qec", command, "/dev/null"], {
    cwd: repository,
    env: { ...process.env, NO_COLOR: "", TERM: "xterm", ...environment },
    encoding: "utf8",
  });
  expect(status).toBe(0);
  return stdout.replaceAll("\r", "");
}

test.each([
  [60, 60],
  [90, 90],
  [200, 100],
])("a terminal of %i columns gets at most %i", (columns, most) => {
  const widths = inTerminal(columns, { NO_COLOR: "1" })
    .split("\n")
    .map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(most);
  expect(Math.max(...widths)).toBeGreaterThan(most - 12);
});

test("a terminal gets colours, but not under NO_COLOR", () => {
  expect(inTerminal(80)).toContain("\u001B[33mLVS104\u001B[0m");
  expect(inTerminal(80, { NO_COLOR: "1" })).not.toContain("\u001B");
});
