/** Addresses that move without any virtual service: what the lab sees, and what it says of broken hosts. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTemplates } from "../../scripts/templates-module.ts";
import { adaptToLab } from "../../src/lab/adapt.ts";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { type Defect, firmFailures, overlay } from "./defects/defects.ts";
import { DEFECTS_OF_FLOATING } from "./defects/floating.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

/** The lab asks no more often of so many. */
const often = { interval: 2, timeout: 2, rise: 1, fall: 1 };

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

/** So many tracks that one processor would do nothing else: they are asked less often. */
const BESIDE_SERVICES = {
  version: 1,
  name: "mixed",
  defaults: { os: "debian-12" },
  hosts: {
    lvs1: { interfaces: { eth0: "10.9.0.1/24" } },
    lvs2: { interfaces: { eth0: "10.9.0.2/24" } },
    web1: { interfaces: { eth0: "10.9.0.11/24" } },
  },
  directors: {
    hosts: ["lvs1", "lvs2"],
    engine: "keepalived",
    vrrp: {
      track: [
        { type: "process", name: "nginx", ...often },
        { type: "tcp", port: 2222, ...often },
      ],
    },
  },
  virtualServices: [
    { name: "web", vip: "10.9.0.100", port: 80, realServers: ["web1"], healthCheck: { type: "tcp" } },
  ],
  floatingAddresses: [
    {
      name: "proxy",
      address: "10.9.0.101/24",
      hosts: ["lvs1", "lvs2"],
      virtualRouterId: 52,
      track: [
        { type: "http", port: 8080, path: "/health", ...often },
        { type: "process", name: "haproxy", ...often },
      ],
    },
    {
      name: "admin",
      address: "10.9.0.102/24",
      hosts: ["lvs2", "lvs1"],
      virtualRouterId: 53,
      preempt: true,
      track: [{ type: "tcp", port: 8443, weight: -30, ...often }],
    },
  ],
};

releaseTest(
  "beside virtual services, tracks of both move their own addresses",
  { timeout: 1_200_000 },
  async () => {
    const { cluster } = adaptToLab(clusterOf(BESIDE_SERVICES), []);
    const checks = await labChecks(cluster, writeScripts(cluster, TEMPLATES), ["track-faults", "failover"]);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    const moved = checks.flatMap(
      ({ name }) => /^(\w+) moves in time when .* is killed$/.exec(name)?.[1] ?? [],
    );
    expect(new Set(moved)).toEqual(new Set(["web", "proxy", "admin"]));
  },
);

describe.each(beforeRelease(DEFECTS_OF_FLOATING, []))("$what", (defect) => {
  test(`is caught by ${defect.caughtBy}`, { timeout: 600_000 }, async () => {
    const checks = await run([defect], [defect.caughtBy]);
    const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(firmFailures(defect, failed)).toEqual(new Set(defect.failing));
  });
});
