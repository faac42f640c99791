/** What the examples leave out, with real keepalived processes: adverts in parts of a second, IPv6, marks, sorry servers. */

import { expect, test } from "vitest";
import { templates } from "#templates";
import { SCENARIOS_OF } from "../../src/lab/scenarios/names.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const dual = (last: number): string[] => [`10.9.0.${last}/24`, `fd09::${last}/64`];

const tcp = { type: "tcp", interval: 1, retries: 0 };

const CLUSTER = clusterOf({
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
    vrrp: { advertInterval: 0.2, preempt: true, unicast: false },
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
const SCENARIOS = SCENARIOS_OF.keepalived.filter((name) => name !== "crash");

test("every kind holds", { timeout: 900_000 }, async () => {
  const checks = await labChecks(CLUSTER, writeScripts(CLUSTER, templates), SCENARIOS);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.filter(({ name }) => name.includes("sorry server alone")).map(({ name }) => name)).toEqual([
    "web: requests are answered by the sorry server alone",
    "six: requests are answered by the sorry server alone",
    "app: requests are answered by the sorry server alone",
  ]);
  for (const { scenario, name, figure } of checks)
    if (["failover", "health-check"].includes(scenario)) console.info(`${scenario}: ${name} (${figure})`);
});
