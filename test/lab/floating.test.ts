/** Addresses that move without any virtual service: what the lab sees, and what it says of broken hosts. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTemplates } from "../../scripts/templates-module.ts";
import { adaptToLab } from "../../src/lab/adapt.ts";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease } from "../helpers/release.ts";
import { type Defect, firmFailures, overlay } from "./defects/defects.ts";
import { DEFECTS_OF_FLOATING } from "./defects/floating.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const often = { interval: 1, timeout: 1, rise: 1, fall: 2 };

/** One that gives up, and one that a weight moves: each on the other host first. */
const { cluster: CLUSTER } = adaptToLab(
  clusterOf({
    version: 1,
    name: "pair",
    defaults: { os: "debian-12" },
    hosts: {
      lb1: { interfaces: { eth0: "10.8.0.1/24" } },
      lb2: { interfaces: { eth0: "10.8.0.2/24" } },
    },
    floatingAddresses: [
      {
        name: "web",
        address: "10.8.0.100/24",
        hosts: ["lb1", "lb2"],
        track: [
          { type: "http", port: 80, path: "/health", status: "200-299", ...often },
          { type: "script", command: "/usr/local/bin/check-disk", arguments: ["--all"], ...often },
          { type: "file", path: "/etc/maintenance" },
        ],
      },
      {
        name: "mail",
        address: "10.8.0.101/24",
        hosts: ["lb2", "lb1"],
        virtualRouterId: 52,
        preempt: true,
        track: [
          { type: "process", name: "nginx", weight: -20, ...often },
          { type: "tcp", port: 25, weight: -5, ...often },
        ],
      },
    ],
  }),
  [],
);

const TEMPLATES = readTemplates(join(import.meta.dirname, "../../templates"));

async function run(defects: readonly Defect[], scenarios: readonly ScenarioName[]) {
  const scripts = writeScripts(CLUSTER, overlay(TEMPLATES, defects));
  return labChecks(CLUSTER, scripts, scenarios);
}

/** Failover of hosts is in other labs, too. */
const SCENARIOS = beforeRelease<ScenarioName>(["track-faults", "failover", "restore"], ["track-faults"]);

test("whatever tracks look at fails, the addresses move and return", { timeout: 600_000 }, async () => {
  const checks = await run([], SCENARIOS);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const moves = checks.flatMap(({ name }) => / moves in time when (.*)/.exec(name)?.[1] ?? []);
  expect(new Set(moves)).toEqual(
    new Set([
      "nginx is killed",
      "nginx hangs",
      "nginx is stopped",
      "/usr/local/sbin/lvsgen-lab-track-1 fails",
      "/usr/local/sbin/lvsgen-lab-track-1 hangs",
      "/etc/maintenance says that it fails",
      ...beforeRelease(["the cable of its host is cut", "its host stops keepalived"], []),
    ]),
  );
});

describe.each(beforeRelease(DEFECTS_OF_FLOATING, []))("$what", (defect) => {
  test(`is caught by ${defect.caughtBy}`, { timeout: 600_000 }, async () => {
    const checks = await run([defect], [defect.caughtBy]);
    const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(firmFailures(defect, failed)).toEqual(new Set(defect.failing));
  });
});
