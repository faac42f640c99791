/**
 * What the examples do not try in each shell (examples/hold.ts), on one cluster of their shape. Crash depends on the
 * scripts, not on addresses: with every single fault in dash, which shows that a fault may be skipped where a kill
 * leaves a state that was seen before; elsewhere the default run, which skips those.
 */

import { expect, test } from "vitest";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import type { Interpreter } from "../../src/lab/spec.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { SEED_CLUSTERS } from "./clusters.ts";
import { generatedScripts } from "./generated.ts";
import { kinds } from "./kinds.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

interface Case {
  readonly interpreter: Interpreter;
  readonly scenarios: readonly ScenarioName[];
  readonly thorough: boolean;
}

const rest: readonly ScenarioName[] = [
  "reapply-under-load",
  "long-connection",
  "drain",
  "concurrent",
  "crash",
];

const cases: readonly Case[] = [
  { interpreter: "dash", scenarios: ["crash"], thorough: true },
  { interpreter: "bash", scenarios: rest, thorough: false },
  { interpreter: "busybox", scenarios: rest, thorough: false },
];

test.each(beforeRelease(cases, [{ interpreter: "dash", scenarios: ["crash"], thorough: false }]))(
  "under $interpreter: $scenarios",
  { timeout: 1_500_000 },
  async ({ interpreter, scenarios, thorough }) => {
    const cluster = SEED_CLUSTERS["000"];
    const checks = await labChecks(cluster, generatedScripts(cluster), scenarios, { interpreter, thorough });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
    const figures = checks.filter(({ name }) => name.endsWith("survives every fault")).map((c) => c.figure);
    expect(figures).toHaveLength(4);
    if (!thorough) return;
    // Nothing is skipped: three faults for each command of start and stop, in both roles.
    for (const figure of figures) {
      const [, commands, faults, injected] =
        /^(\d+) commands, (\d+) faults \((\d+) injected/.exec(figure) ?? [];
      expect(Number(faults), figure).toBe(3 * Number(commands));
      expect(injected, figure).toBe(faults);
    }
  },
);

releaseTest(
  "NAT, tunnels, IPv6, marks and sync are applied once and restored",
  {
    timeout: 1_500_000,
  },
  async () => {
    const cluster = clusterOf(kinds);
    const scenarios: readonly ScenarioName[] = [
      "idempotence",
      "restore",
      "foreign-state",
      "concurrent",
      "crash",
    ];
    const checks = await labChecks(cluster, generatedScripts(cluster), scenarios, { timeout: 1400 });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
  },
);
