/**
 * Starts and stops in a real kernel, and runs that are ended at any moment: a thousand cycles before a release.
 */

import { expect, test } from "vitest";
import { isRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import type { Endurance } from "./endurance/scenario.ts";
import { runOwn } from "./own/run-own.ts";

const endurance: Endurance = isRelease ? { cycles: 1000, kills: 50 } : { cycles: 3, kills: 1 };

const topology = {
  version: 1,
  name: "endurance",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: "10.8.0.1/24" } },
    rs: { interfaces: { eth0: "10.8.0.2/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [
    { name: "web", vip: "10.8.0.200", port: 80, scheduler: "rr", realServers: [{ host: "rs" }] },
  ],
  timeouts: { tcp: 30 },
};

test(
  "many starts and stops leave nothing, whatever ends them",
  async () => {
    const seconds = isRelease ? 7200 : 400;
    const extra = { endurance };
    const checks = await runOwn({ scenario: "endurance", topology, work: temporaryFolder(), extra, seconds });
    for (const { host, name, figure } of checks) console.info(`${host}: ${name}: ${figure}`);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks).toHaveLength(10);
  },
  isRelease ? 7_300_000 : 500_000,
);
