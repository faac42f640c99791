/** Directors with a cable for adverts alone: a master whose clients' side is dead gives up, and a lab sees one that does not. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { readTemplates } from "../../scripts/templates-module.ts";
import { releaseTest } from "../helpers/release.ts";
import { overlay } from "./defects/defects.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const CLUSTER = clusterOf({
  version: 1,
  name: "link",
  defaults: { os: "debian-12" },
  hosts: {
    d1: { interfaces: { eth0: "10.8.0.1/24", eth1: "10.9.0.1/30" } },
    d2: { interfaces: { eth0: "10.8.0.2/24", eth1: "10.9.0.2/30" } },
    rs1: { interfaces: { eth0: "10.8.0.11/24" } },
  },
  directors: { hosts: ["d1", "d2"], engine: "keepalived", vrrp: { interface: "eth1" } },
  virtualServices: [{ name: "web", vip: "10.8.0.100", port: 80, realServers: [{ host: "rs1" }] }],
});

const TEMPLATES = readTemplates(join(import.meta.dirname, "../../templates"));
const givesUp = "a master that clients do not reach gives the VIP up";

test("the VIP moves with the clients' cable, and a split is said", { timeout: 400_000 }, async () => {
  const checks = await labChecks(CLUSTER, writeScripts(CLUSTER, TEMPLATES), ["failover"]);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const names = checks.map(({ name }) => name);
  expect(names).toContain(givesUp);
  expect(names).toContain(
    "without eth1 the directors are split, each of them master, and clients are answered",
  );
});

releaseTest("a director that does not track its clients' side is seen", { timeout: 600_000 }, async () => {
  const untracked = overlay(TEMPLATES, [
    {
      what: "the VIP's interface is not tracked",
      caughtBy: "failover",
      failing: ["a master that returns leaves it to the other", givesUp],
      // keepalived 2 tracks an address's interface by itself, unless it says otherwise; version 1 does not.
      edits: [
        { template: "keepalived/instance", from: "{{#each tracked}}\n    {{this}}\n{{/each}}\n", to: "" },
        {
          template: "keepalived/instance",
          from: "{{this.address}} dev {{this.interface}}",
          to: "{{this.address}} dev {{this.interface}} no_track",
        },
      ],
    },
  ]);
  const checks = await labChecks(CLUSTER, writeScripts(CLUSTER, untracked), ["failover"]);
  // It was master all the time that it was off every wire, and its priority is the higher one.
  const failing = ["a master that returns leaves it to the other", givesUp];
  expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(failing);
});
