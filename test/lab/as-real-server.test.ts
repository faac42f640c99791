/**
 * Two directors that are each other's real servers, and there is no other: each strategy holds, and without what it
 * rests on packets are balanced twice.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

interface Strategy {
  readonly name: "master-only" | "fwmark-mac";
  /** Beside the strategy's own setting. */
  readonly directors: object;
  /** Takes out of a host's files what the strategy rests on. */
  readonly weaken: (text: string) => string;
}

const strategies: readonly Strategy[] = [
  {
    name: "master-only",
    directors: { connectionSync: { interface: "eth0" } },
    weaken: (text) => text.replace(/net\.ipv4\.vs\.backup_only 1$/m, "net.ipv4.vs.backup_only 0"),
  },
  {
    name: "fwmark-mac",
    directors: {},
    weaken: (text) => text.replaceAll(/ -m mac ! --mac-source \S+/g, ""),
  },
];

function cluster({ name, directors }: Strategy) {
  return clusterOf({
    version: 1,
    name: "each-other",
    defaults: { os: "debian-12" },
    hosts: {
      d1: { interfaces: { eth0: ["10.8.0.1/24", "fd08::1/64"] }, mac: "02:00:00:00:0A:01" },
      d2: { interfaces: { eth0: ["10.8.0.2/24", "fd08::2/64"] }, mac: "02:00:00:00:0A:02" },
    },
    directors: { hosts: ["d1", "d2"], engine: "keepalived", asRealServer: name, ...directors },
    virtualServices: ["10.8.0.100", "fd08::100"].map((vip) => ({
      name: vip.includes(":") ? "six" : "web",
      vip,
      port: 80,
      scheduler: "rr",
      healthCheck: { type: "tcp", interval: 1, retries: 0 },
      realServers: [{ host: "d1" }, { host: "d2" }],
    })),
  });
}

const scenarios: readonly ScenarioName[] = [
  "balance",
  "idempotence",
  "restore",
  "foreign-state",
  "health-check",
  "failover",
  "reload",
];

const chosen = beforeRelease<ScenarioName>(scenarios, ["balance", "restore"]);

describe.each(beforeRelease(strategies, strategies.slice(0, 1)))("$name", (strategy) => {
  test("holds", { timeout: 900_000 }, async () => {
    const pair = cluster(strategy);
    const checks = await labChecks(pair, writeScripts(pair, templates), chosen);
    expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(chosen));
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  releaseTest("packets are balanced twice without what it rests on", { timeout: 600_000 }, async () => {
    const pair = cluster(strategy);
    const folder = writeScripts(pair, templates);
    for (const host of ["d1", "d2"]) {
      const file = join(folder, host, "lvs_dr.sh");
      const text = readFileSync(file, "utf8");
      const weak = strategy.weaken(text);
      expect(weak).not.toBe(text);
      writeFileSync(file, weak);
    }
    const checks = await labChecks(pair, folder, ["balance"]);
    const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(failed).toContain("a director without the VIP balances nothing");
  });
});
