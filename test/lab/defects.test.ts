/**
 * A lab that cannot fail proves nothing: each scenario has a defect that it alone catches. Two runs of each scenario
 * show it, where running every scenario on every defect would take a hundred:
 * - with its own defect in the scripts, exactly the checks named for it fail;
 * - with all the other defects in the scripts at once, all its checks pass.
 *
 * The second is left out for crash alone, as it would take minutes: the other defects make a run longer, and crash
 * runs a script some hundred times. What a fault leaves is not what the other defects are about.
 */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTemplates } from "../../scripts/templates-module.ts";
import { ANY_KERNEL } from "../../src/lab/backends/backend.ts";
import { labSpec } from "../../src/lab/build-spec.ts";
import type { CheckEvent } from "../../src/lab/events.ts";
import { chooseBackends } from "../../src/lab/run-lab.ts";
import { DEFAULT_SCENARIOS, type ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { cluster } from "./clusters.ts";
import { DEFECTS, type Defect, firmFailures, overlay } from "./defects/defects.ts";
import { writeScripts } from "./generated.ts";
import { guestBundle, labChecks, testBackend } from "./run.ts";

/** Weights that differ show whether they are heeded; the threshold is out of the other scenarios' reach. */
const CLUSTER = cluster({
  network: "192.168.1",
  device: "eth0",
  director: ["pi1", 114],
  realServers: [
    ["pi2", 107],
    ["pi3", 108],
  ],
  vip: 200,
  scheduler: "wrr",
  weights: [2, 1],
  thresholds: [150],
});

const TEMPLATES = readTemplates(join(import.meta.dirname, "../../templates"));

/** These watch the same re-applies, so they run in one go. */
const TOGETHER: readonly ScenarioName[] = ["reapply-under-load", "long-connection"];
const partners = (name: ScenarioName): readonly ScenarioName[] =>
  TOGETHER.includes(name) ? TOGETHER : [name];

async function run(
  defects: readonly Defect[],
  scenarios: readonly ScenarioName[],
): Promise<readonly CheckEvent[]> {
  const scripts = writeScripts(CLUSTER, overlay(TEMPLATES, defects));
  const checks = await labChecks(CLUSTER, scripts, scenarios);
  expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
  return checks;
}

/** Only the start of each script is crashed: the first of the shares that crash is divided into. */
async function runCrash(defects: readonly Defect[]): Promise<readonly CheckEvent[]> {
  const scripts = writeScripts(CLUSTER, overlay(TEMPLATES, defects));
  const spec = labSpec(CLUSTER, scripts, { interpreter: null, injections: [], shell: null });
  const checks: CheckEvent[] = [];
  const [backend] = chooseBackends(testBackend(), ANY_KERNEL, spec).candidates;
  await backend.run(
    {
      ...spec,
      tasks: [{ name: "crash", share: 0, shares: 2 }],
      thorough: false,
      door: null,
      placeholders: [],
    },
    {
      kernel: ANY_KERNEL,
      guest: guestBundle(),
      timeout: 880,
      signal: new AbortController().signal,
      interactive: false,
      keep: false,
      place: 0,
      onEvent: (event) => {
        if (event.type === "check") checks.push(event);
      },
    },
  );
  return checks;
}

test("each scenario has its defect", () => {
  expect(DEFECTS.map(({ caughtBy }) => caughtBy)).toEqual(DEFAULT_SCENARIOS);
});

/** A state, its undoing, what a second run says, and two runs at once. */
const REPRESENTATIVE = DEFECTS.filter(({ caughtBy }) =>
  ["balance", "idempotence", "restore", "concurrent"].includes(caughtBy),
);

describe.each(beforeRelease(DEFECTS, REPRESENTATIVE))("$what", (defect) => {
  test(`is caught by ${defect.caughtBy}, and shows only where it should`, { timeout: 900_000 }, async () => {
    const checks =
      defect.caughtBy === "crash" ? await runCrash([defect]) : await run([defect], partners(defect.caughtBy));
    const failed = checks.filter(({ ok }) => !ok);
    expect(new Set(failed.map(({ scenario }) => scenario))).toEqual(new Set([defect.caughtBy]));
    const names = failed.map(({ name }) => name);
    expect(firmFailures(defect, names)).toEqual(new Set(defect.failing));
  });
});

const groups = [...new Set(DEFAULT_SCENARIOS.filter((name) => name !== "crash").map(partners))];

releaseTest.each(groups)("all the other defects pass %s", { timeout: 900_000 }, async (...scenarios) => {
  const others = DEFECTS.filter(({ caughtBy }) => !scenarios.includes(caughtBy));
  const checks = await run(others, scenarios);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
