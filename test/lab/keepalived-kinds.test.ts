/** What the examples leave out, with real keepalived processes: adverts in parts of a second, IPv6, marks, sorry servers. */

import { expect, test } from "vitest";
import { templates } from "#templates";
import { SCENARIOS_OF, type ScenarioName } from "../../src/lab/scenarios/names.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const dual = (last: number): string[] => [`10.9.0.${last}/24`, `fd09::${last}/64`];

const tcp = { type: "tcp", interval: 1, retries: 0 };

const topology = (advertInterval: number) => ({
  version: 1,
  name: "kinds",
  defaults: { os: "debian-12" },
  hosts: Object.fromEntries(
    Object.entries({ d1: 1, d2: 2, rs1: 11, rs2: 12, page: 13 }).map(([name, last]) => [
      name,
      { interfaces: { eth0: dual(last) } },
    ]),
  ),
  directors: {
    hosts: ["d1", "d2"],
    engine: "keepalived",
    connectionSync: { interface: "eth0" },
    vrrp: { advertInterval, unicast: false },
  },
  virtualServices: [
    { name: "web", vip: "10.9.0.100", port: 80, sorryServer: { host: "page" } },
    { name: "six", vip: "fd09::100", port: 80, sorryServer: { address: "fd09::99" } },
    {
      name: "app",
      vip: "10.9.0.101",
      port: 80,
      forwarding: "nat",
      sorryServer: { host: "page", port: 8080 },
    },
    { name: "marked", vip: "10.9.0.102", fwmark: 7, ports: [80, 443], healthCheck: { ...tcp, port: 80 } },
  ].map((service) => ({
    scheduler: "rr",
    healthCheck: tcp,
    realServers: [{ host: "rs1" }, { host: "rs2" }],
    ...service,
  })),
});

/** crash depends on the script and not on these: the examples have it. */
const EVERYTHING = SCENARIOS_OF.keepalived.filter((name) => name !== "crash");

interface Kind {
  readonly advertInterval: number;
  readonly scenarios: readonly ScenarioName[];
}

/**
 * A machine that stands still for three adverts is lost to the others: the more often they come, the sooner that is so
 * of a busy kernel, which is why only what is about adverts is tried with more than one a second.
 */
test.each<Kind>([
  { advertInterval: 1, scenarios: EVERYTHING },
  { advertInterval: 0.5, scenarios: ["failover"] },
])(
  "adverts each $advertInterval s: $scenarios",
  { timeout: 900_000 },
  async ({ advertInterval, scenarios }) => {
    const cluster = clusterOf(topology(advertInterval));
    const checks = await labChecks(cluster, writeScripts(cluster, templates), [...scenarios]);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    const sorry = checks.filter(({ name }) => name.includes("sorry server alone"));
    expect(sorry.map(({ name }) => name.split(":")[0])).toEqual(
      scenarios.some((name) => name === "health-check") ? ["web", "six", "app"] : [],
    );
  },
);
