/**
 * Equal weights never mean one server: a cluster of which one server gets everything fails in the lab. Rules warn of
 * each of these (LVS138, LVS139, LVS144), and a warning does not stop the lab: what the kernel does is what counts.
 */

import { expect, test } from "vitest";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const onePacket = { protocol: "udp", onePacket: true };
const udp = { protocol: "udp" };

/** By name; the kernel sends each one's clients to one of two equal servers. */
const idle: Readonly<Record<string, object>> = {
  "wlc-ops": onePacket,
  "lc-ops": { ...onePacket, scheduler: "lc" },
  "sed-ops": { ...onePacket, scheduler: "sed" },
  "nq-ops": { ...onePacket, scheduler: "nq" },
  "ovf-ops": { ...onePacket, scheduler: "ovf" },
  "sticky-ops": { ...onePacket, persistence: { timeout: 60 } },
  "sed-udp": { ...udp, scheduler: "sed" },
  "nq-udp": { ...udp, scheduler: "nq" },
  "ovf-udp": { ...udp, scheduler: "ovf" },
  "lblc-udp": { ...udp, scheduler: "lblc" },
  "lblcr-udp": { ...udp, scheduler: "lblcr" },
};

/** By name; the kernel uses both servers. */
const shared: Readonly<Record<string, object>> = {
  "rr-ops": { ...onePacket, scheduler: "rr" },
  "wrr-ops": { ...onePacket, scheduler: "wrr" },
  "lc-udp": { ...udp, scheduler: "lc" },
  "wlc-udp": udp,
  "wlc-sctp": { protocol: "sctp" },
  "sed-sctp": { protocol: "sctp", scheduler: "sed" },
  "ovf-sctp": { protocol: "sctp", scheduler: "ovf" },
  "wlc-sticky": { persistence: {} },
  "lc-sticky": { scheduler: "lc", persistence: {} },
  "sed-sticky": { scheduler: "sed", persistence: {} },
  "nq-sticky": { scheduler: "nq", persistence: {} },
  "wlc-sticky-udp": { ...udp, persistence: {} },
  lblc: { scheduler: "lblc" },
  lblcr: { scheduler: "lblcr" },
};

const topology = {
  version: 1,
  name: "idle",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: "10.7.0.1/24" } },
    rs1: { interfaces: { eth0: "10.7.0.11/24" } },
    rs2: { interfaces: { eth0: "10.7.0.12/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: Object.entries({ ...idle, ...shared }).map(([name, service], index) => ({
    name,
    vip: "10.7.0.100",
    port: 1000 + index,
    ...service,
    realServers: [{ host: "rs1" }, { host: "rs2" }],
  })),
};

test("a server that idles beside an equal one fails", { timeout: 800_000 }, async () => {
  const cluster = clusterOf(topology);
  const checks = await labChecks(cluster, generatedScripts(cluster), ["balance"]);
  expect(checks).toHaveLength(topology.virtualServices.length);
  const nameOf = ({ name }: { name: string }): string => name.split(" ")[0] ?? "";
  expect(checks.filter(({ ok }) => !ok).map(nameOf)).toEqual(Object.keys(idle));
  for (const { name, figure } of checks.filter(({ ok }) => ok))
    expect(figure, name).toMatch(/^[1-9]\d*\/[1-9]/);
});
