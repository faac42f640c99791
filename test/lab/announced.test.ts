/** Directors that announce VIPs to real routers: what the lab sees. Faults are in injections/rows.ts; the whole example before a release. */

import { expect, test } from "vitest";
import type { LabEvent } from "../../src/lab/events.ts";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { releaseTest } from "../helpers/release.ts";
import { announcing } from "./announcing.ts";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

async function run(topology: object, scenarios: readonly ScenarioName[]) {
  const cluster = clusterOf(topology);
  const events: LabEvent[] = [];
  const checks = await labChecks(cluster, generatedScripts(cluster), scenarios, {
    onEvent: (event) => events.push(event),
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  return { checks, omitted: events.filter(({ type }) => type === "not-tried") };
}

test("routers learn the VIP from both directors, and spread connections", { timeout: 300_000 }, async () => {
  const { checks } = await run(announcing(), ["spread"]);
  expect(checks.map(({ name }) => name)).toContain("new connections reach each director");
});

releaseTest("a router beyond others passes on what it learns", { timeout: 600_000 }, async () => {
  const neighbors = [{ address: "192.0.2.1", asn: 65003, multihop: true, password: "far-away" }];
  const { checks } = await run(announcing({ bgp: { asn: 65010, neighbors } }), ["spread", "icmp-errors"]);
  expect(checks).not.toEqual([]);
});

releaseTest(
  "where somebody else announces, that is said, and the rest is proven",
  { timeout: 600_000 },
  async () => {
    const { checks, omitted } = await run(announcing({ daemon: "none" }), ["balance", "spread"]);
    expect(checks).not.toEqual([]);
    expect(omitted).toMatchObject([{ scenario: "spread" }]);
  },
);
