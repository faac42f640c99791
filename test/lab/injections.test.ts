/**
 * What `--inject` brings into hosts holds through every scenario, and every scenario can fail of it: one that resets its
 * hosts brings it in again. A row a scenario; CI runs some of them, in one kernel.
 */

import { describe, expect, test } from "vitest";
import type { CheckEvent } from "../../src/lab/events.ts";
import { SCENARIOS } from "../../src/lab/scenarios/registry.ts";
import { isRelease } from "../helpers/release.ts";
import { generatedScripts } from "./generated.ts";
import { ROWS, type Row } from "./injections/rows.ts";
import { labChecks } from "./run.ts";

test("each scenario has its fault", () => {
  expect(ROWS.map(({ scenario }) => scenario)).toEqual(Object.keys(SCENARIOS));
});

/** Hosts that stay, hosts that are made again between scenarios, hosts that are made again within one. */
const TOGETHER = ["arp", "balance", "missing"];

/** Each run is a list of rows of one cluster, whose faults are injected together. */
const RUNS: readonly (readonly Row[])[] = isRelease
  ? ROWS.map((row) => [row])
  : [ROWS.filter(({ scenario }) => TOGETHER.includes(scenario))];

describe.each(RUNS)("$scenario", (...rows) => {
  test(rows.map(({ what }) => what).join("; "), { timeout: 900_000 }, async () => {
    const [{ cluster }] = rows as [Row];
    const injections = rows.flatMap(({ inject }) => inject);
    const checks = await labChecks(
      cluster,
      generatedScripts(cluster),
      rows.map(({ scenario }) => scenario),
      { injections },
    );
    expect(checks.filter(({ name, ok }) => !ok && name.startsWith("the injected command"))).toEqual([]);
    for (const { scenario, failing } of rows)
      expect(failedIn(checks, scenario), scenario).toEqual(expect.arrayContaining([...failing]));
  });
});

function failedIn(checks: readonly CheckEvent[], scenario: string): string[] {
  return checks.filter((check) => check.scenario === scenario && !check.ok).map(({ name }) => name);
}
