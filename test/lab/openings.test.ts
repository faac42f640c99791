/** Hosts that hold back everything by policy serve as soon as they are started, and are as before when stopped. */

import { describe, expect, test } from "vitest";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

/** What any such host lets in by itself: its own loopback, and IPv6's neighbour discovery. */
const closed = ["iptables", "ip6tables"].flatMap((program) => [
  `${program} -P INPUT DROP`,
  `${program} -P FORWARD DROP`,
  `${program} -A INPUT -i lo -j ACCEPT`,
  ...(program === "ip6tables" ? [`${program} -A INPUT -p icmpv6 -j ACCEPT`] : []),
]);

interface Case {
  readonly name: string;
  readonly directors: object;
  readonly hosts: readonly string[];
  readonly healthCheck: object | null;
  readonly scenarios: readonly ScenarioName[];
}

const cases: readonly Case[] = [
  {
    name: "one director",
    directors: { hosts: ["d1"] },
    hosts: ["d1", "rs1", "rs2"],
    healthCheck: null,
    scenarios: ["balance", "restore", "idempotence"],
  },
  {
    name: "two directors by VRRP, with checks and connection sync",
    directors: { hosts: ["d1", "d2"], engine: "keepalived", connectionSync: { interface: "eth0" } },
    hosts: ["d1", "d2", "rs1", "rs2"],
    healthCheck: { type: "tcp", interval: 1, retries: 0 },
    scenarios: ["balance", "restore", "health-check", "failover"],
  },
];

/** IPv4, IPv6, and answers that pass through. */
const services = [
  { name: "web", vip: "10.8.0.100", port: 80 },
  { name: "six", vip: "fd08::100", port: 80 },
  { name: "inner", vip: "10.8.0.101", port: 81, forwarding: "nat" },
];

function run({ directors, hosts, healthCheck, scenarios }: Case, firewall: "apply" | "print") {
  const cluster = clusterOf({
    version: 1,
    name: "closed",
    defaults: { os: "debian-12", firewall },
    hosts: Object.fromEntries(
      hosts.map((name, at) => [
        name,
        { interfaces: { eth0: [`10.8.0.${at + 1}/24`, `fd08::${at + 1}/64`] } },
      ]),
    ),
    directors,
    virtualServices: services.map((service) => ({
      ...service,
      scheduler: "rr",
      ...(healthCheck === null ? {} : { healthCheck }),
      realServers: [{ host: "rs1" }, { host: "rs2" }],
    })),
  });
  const injections = hosts.map((host) => ({ host, command: closed.join("; ") }));
  return labChecks(cluster, generatedScripts(cluster), firewall === "apply" ? scenarios : ["balance"], {
    injections,
  });
}

describe.each(beforeRelease(cases, cases.slice(0, 1)))("$name", (each) => {
  test("serves behind closed policies", { timeout: 900_000 }, async () => {
    const checks = await run(each, "apply");
    expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(each.scenarios));
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});

releaseTest("without openings nobody is served", { timeout: 600_000 }, async () => {
  const [alone] = cases;
  if (alone === undefined) throw new Error("there are no cases");
  const checks = await run(alone, "print");
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  expect(failed).toEqual(services.map(({ name }) => expect.stringContaining(`${name} is balanced`)));
});
