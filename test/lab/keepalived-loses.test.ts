/** What keepalived has in hand is looked at, with real keepalived processes on master and backup. */

import { expect, test } from "vitest";
import { temporaryFolder } from "../helpers/temporary.ts";
import { losses } from "./keepalived-loses/losses.ts";
import { runOwn } from "./own/run-own.ts";

const topology = {
  version: 1,
  name: "loses",
  defaults: { os: "debian-12" },
  hosts: Object.fromEntries(
    Object.entries({ d1: 1, d2: 2, rs1: 11, rs2: 12 }).map(([name, last]) => [
      name,
      { interfaces: { eth0: `10.8.0.${last}/24` } },
    ]),
  ),
  directors: { hosts: ["d1", "d2"], engine: "keepalived", connectionSync: { interface: "eth0" } },
  virtualServices: ["10.8.0.100", "10.8.0.101"].map((vip, index) => ({
    name: index === 0 ? "web" : "app",
    vip,
    port: 80,
    scheduler: "rr",
    healthCheck: { type: "tcp", interval: 1, retries: 0 },
    realServers: [{ host: "rs1" }, { host: "rs2" }],
  })),
};

test("what is taken from keepalived is found and brought back", { timeout: 700_000 }, async () => {
  const checks = await runOwn({
    scenario: "keepalived-loses",
    topology,
    work: temporaryFolder(),
    seconds: 600,
  });
  for (const { host, name, figure } of checks) console.info(`${host}: ${name}: ${figure}`);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks).toHaveLength(losses.flatMap(({ steps }) => steps).length + 5);
});
