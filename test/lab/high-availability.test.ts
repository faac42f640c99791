/** What the lab says of a cluster that keepalived runs is not said of one that is broken: see defects.test.ts. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { readTemplates } from "../../scripts/templates-module.ts";
import { firmFailures, overlay } from "./defects/defects.ts";
import { DEFECTS_OF_KEEPALIVED } from "./defects/high-availability.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const CLUSTER = clusterOf({
  version: 1,
  name: "pair",
  defaults: { os: "debian-12" },
  hosts: {
    d1: { interfaces: { eth0: "10.8.0.1/24" } },
    d2: { interfaces: { eth0: "10.8.0.2/24" } },
    rs1: { interfaces: { eth0: "10.8.0.11/24" } },
    rs2: { interfaces: { eth0: "10.8.0.12/24" } },
  },
  directors: { hosts: ["d1", "d2"], engine: "keepalived", connectionSync: { interface: "eth0" } },
  virtualServices: [
    { name: "web", vip: "10.8.0.100" },
    { name: "app", vip: "10.8.0.101", forwarding: "nat" },
  ].map((service) => ({
    port: 80,
    scheduler: "rr",
    healthCheck: { type: "tcp", interval: 1, retries: 0 },
    realServers: [{ host: "rs1" }, { host: "rs2" }],
    ...service,
  })),
});

const TEMPLATES = readTemplates(join(import.meta.dirname, "../../templates"));

test.each(DEFECTS_OF_KEEPALIVED)("$what: $caughtBy sees it", { timeout: 600_000 }, async (defect) => {
  const scripts = writeScripts(CLUSTER, overlay(TEMPLATES, [defect]));
  const checks = await labChecks(CLUSTER, scripts, [defect.caughtBy]);
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  expect(firmFailures(defect, failed)).toEqual(new Set(defect.failing));
});
