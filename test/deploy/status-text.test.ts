/** `lvsgen status` of hosts with floating addresses: who has which, from what each host says. */

import { expect, test } from "vitest";
import { addressHolders, isAmiss } from "../../src/deploy/address-holders.ts";
import type { HostStatus } from "../../src/deploy/status.ts";
import { statusText } from "../../src/deploy/status-text.ts";
import { clusterOf } from "../lab/own/run-own.ts";

const addresses = ["10.0.0.100/24", "10.0.0.101/24"] as const;

const cluster = clusterOf({
  version: 1,
  name: "pair",
  defaults: { os: "debian-12" },
  hosts: {
    lb1: { interfaces: { eth0: "10.0.0.1/24" } },
    lb2: { interfaces: { eth0: "10.0.0.2/24" } },
  },
  floatingAddresses: addresses.map((address, at) => ({ name: `f${at}`, address, hosts: ["lb1", "lb2"] })),
});

/** @param has the addresses that the host has */
function running(host: string, ...has: readonly string[]): HostStatus {
  const states = addresses.map((address) => ({
    address,
    interface: "eth0",
    state: has.includes(address) ? ("present" as const) : ("absent" as const),
  }));
  const role = {
    host,
    cluster: "pair",
    role: "lvs_dr",
    state: "running",
    code: 0,
    record: "started",
  } as const;
  return {
    host,
    state: "running",
    words: "",
    remedy: "",
    roles: [{ ...role, addresses: states, services: [], differences: [] }],
  };
}

const lost: HostStatus = { host: "lb1", state: "unreachable", words: "no route", remedy: "", roles: [] };

test.each([
  [
    "each at one",
    [running("lb1", addresses[0]), running("lb2", addresses[1])],
    ["lb1", "lb2"],
    [false, false],
  ],
  [
    "two at once, and none",
    [running("lb1", addresses[0]), running("lb2", addresses[0])],
    ["lb1 and lb2: only one may have it", "no host"],
    [true, true],
  ],
  [
    "a host without a word",
    [lost, running("lb2", addresses[0])],
    ["lb2", "unknown: no word from lb1"],
    [false, false],
  ],
])("%s", (_, statuses, at, amiss) => {
  const holders = addressHolders(cluster, statuses);
  const [, table = ""] = statusText(statuses, [], holders).split("\n\n");
  expect(table).toBe(
    [
      "FLOATING  ADDRESS        AT",
      ...addresses.map((address, n) => `f${n}        ${address}  ${at[n]}`),
      "",
    ].join("\n"),
  );
  expect(holders.map(isAmiss)).toEqual(amiss);
});

test("a host without services is no director", () => {
  expect(statusText([running("lb1")], [], [])).toContain("lb1   addresses  running");
  expect(statusText([running("lb1")], ["lb1"], [])).toContain("lb1   director  running");
});
