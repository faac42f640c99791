/**
 * Each type of health check in a kernel: a server that fails it (dead, another answer than it expects, no answer) leaves the
 * table, and comes back when it passes. CI tries those that need a responder of their own.
 */

import { expect, test } from "vitest";
import { adaptToLab } from "../../src/lab/adapt.ts";
import type { OmissionEvent } from "../../src/lab/events.ts";
import { SEEN_BY } from "../../src/lab/scenarios/high-availability/server-faults.ts";
import type { CheckType } from "../../src/topology/model.ts";
import { oddArguments } from "../helpers/keepalived-cases.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

interface Case {
  readonly name: string;
  readonly port: number;
  readonly protocol?: "udp";
  readonly check: { readonly type: CheckType; readonly [setting: string]: unknown };
}

const CASES: readonly Case[] = [
  {
    name: "moved",
    port: 80,
    check: { type: "http", path: "/old", virtualHost: "www.example.net", status: 301 },
  },
  { name: "secure", port: 443, check: { type: "https", virtualHost: "www.example.net" } },
  { name: "mail", port: 25, check: { type: "smtp", helo: "lvs.example.net" } },
  { name: "names", port: 53, protocol: "udp", check: { type: "dns", name: "example.net", recordType: "A" } },
  { name: "paged", port: 81, check: { type: "http", digest: "640205b7b0fc66c1ea91c463fac6334d" } },
  { name: "logs", port: 514, protocol: "udp", check: { type: "udp" } },
  { name: "plain", port: 5000, check: { type: "tcp", port: 5001 } },
  { name: "echoed", port: 6000, check: { type: "ping" } },
  { name: "scripted", port: 7000, check: { type: "script", command: "/opt/checks/ask" } },
  {
    name: "argued",
    port: 7001,
    check: {
      type: "script",
      command: "/opt/checks/ask",
      arguments: ["@{address}", "--port={port}", ...oddArguments],
    },
  },
];

/** Found in 30 seconds together. */
const REPRESENTATIVES = [...CASES.slice(0, 4), ...CASES.slice(-1)];

function clusterWith(cases: readonly Case[]) {
  return clusterOf({
    version: 1,
    name: "check-types",
    defaults: { os: "debian-12" },
    hosts: {
      dr: { interfaces: { eth0: "10.9.0.1/24" } },
      rs1: { interfaces: { eth0: "10.9.0.11/24" } },
      rs2: { interfaces: { eth0: "10.9.0.12/24" } },
    },
    directors: { hosts: ["dr"], engine: "keepalived" },
    virtualServices: cases.map(({ name, port, protocol = "tcp", check }) => ({
      name,
      vip: "10.9.0.100",
      port,
      protocol,
      scheduler: "rr",
      onePacket: protocol === "udp",
      healthCheck: { interval: 1, timeout: 1, retries: 0, ...check },
      realServers: [{ host: "rs1" }, { host: "rs2" }],
    })),
  });
}

const tried = beforeRelease(CASES, REPRESENTATIVES);

test("a server that fails its check leaves, and comes back", { timeout: 600_000 }, async () => {
  const { cluster } = adaptToLab(clusterWith(tried), ["/opt/checks/ask"]);
  const checks = await labChecks(cluster, generatedScripts(cluster), ["health-check"]);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  for (const { name, check } of tried) {
    const turns = checks.filter(
      (each) => each.name.startsWith(`${name}: `) && / is taken (in|out)$/.test(each.name),
    );
    expect(turns, name).toHaveLength(2 * SEEN_BY[check.type].length);
    for (const { figure } of turns) expect(figure).toMatch(new RegExp(`^${check.type}, after `));
  }
});

releaseTest(
  "servers that never pass are named, in words; a program that only its owner knows is not tried",
  { timeout: 600_000 },
  async () => {
    const cluster = clusterWith([
      { name: "web", port: 80, check: { type: "http" } },
      { name: "known", port: 81, check: { type: "script", command: "/usr/bin/true" } },
    ]);
    const omissions: OmissionEvent[] = [];
    const checks = await labChecks(cluster, generatedScripts(cluster), ["balance", "health-check"], {
      injections: [{ host: "rs2", command: "iptables -A INPUT -p tcp --dport 80 -j DROP" }],
      onEvent: (event) => {
        if (event.type === "not-tried") omissions.push(event);
      },
    });
    const failed = checks.filter(({ name }) => name === "the scenario runs to its end");
    expect(failed.map(({ scenario }) => scenario)).toEqual(["balance", "health-check"]);
    for (const { ok, figure, detail } of failed) {
      expect(ok).toBe(false);
      expect(figure).toMatch(/^not within \d+ s$/);
      expect(detail).toContain("dr: web lacks rs2, which did not pass its http check");
      expect(detail).not.toMatch(/^ +at /m);
    }
    expect(omissions.map(({ name }) => name)).toEqual([
      "known: a server that fails its script check is taken out",
    ]);
  },
);
