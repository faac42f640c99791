/** `lvsgen status` of hosts with floating addresses: who has which, from what each host says. */

import { expect, test } from "vitest";
import { addressHolders, isAmiss } from "../../src/deploy/address-holders.ts";
import { announcedVips, isUnheard } from "../../src/deploy/announced-vips.ts";
import type { HostStatus, RoleStatus } from "../../src/deploy/status.ts";
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
  const [, table = ""] = statusText(statuses, [], holders, []).split("\n\n");
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
  expect(statusText([running("lb1")], [], [], [])).toContain("lb1   addresses  running");
  expect(statusText([running("lb1")], ["lb1"], [], [])).toContain("lb1   director  running");
});

const announcing = (directors: object) =>
  clusterOf({
    version: 1,
    name: "anycast",
    defaults: { os: "debian-12" },
    hosts: {
      "lb[1:3]": { interfaces: { eth0: "10.0.0.[1:3]/24" } },
      web1: { interfaces: { eth0: "10.0.0.11/24" } },
    },
    directors: {
      hosts: ["lb[1:3]"],
      announce: { bgp: { asn: 65010, neighbors: [{ address: "10.0.0.254", asn: 65000 }] } },
      ...directors,
    },
    virtualServices: [
      { name: "web", vip: "203.0.113.10", port: 80, realServers: ["web1"] },
      { name: "dns", vip: "203.0.113.11", port: 53, realServers: ["web1"] },
    ],
  });

/** A director that says which VIPs it announces, and how its session is. */
function director(host: string, state: string | null, ...announced: readonly string[]): HostStatus {
  const status = running(host);
  const roles = status.roles.map(
    (role): RoleStatus => ({
      ...role,
      announced: announced.map((vip) => `${vip}/32`),
      ...(state === null ? {} : { sessions: [{ neighbor: "10.0.0.254", state }] }),
    }),
  );
  return { ...status, roles };
}

test.each([
  [
    "all, but one that is drained, and one that has lost its router",
    { drained: ["lb2"] },
    [
      director("lb1", "Established", "203.0.113.10", "203.0.113.11"),
      director("lb2", "Established"),
      director("lb3", "Active", "203.0.113.10", "203.0.113.11"),
    ],
    ["lb1           lb2 (drained), lb3 (no session with a router)"],
    [false, false],
  ],
  [
    "one VIP without servers, and a daemon of the site",
    {},
    ["lb1", "lb2", "lb3"].map((host) => director(host, null, "203.0.113.10")),
    [
      "lb1, lb2, lb3",
      "no director    lb1 (too few servers, or stopped), lb2 (too few servers, or stopped), lb3 (too few servers, or stopped)",
    ],
    [false, true],
  ],
  [
    "one without a word may still announce",
    {},
    [lost, director("lb2", "Established"), director("lb3", "Established")],
    [
      "no director   lb1 (no word from it), lb2 (too few servers, or stopped), lb3 (too few servers, or stopped)",
    ],
    [false, false],
  ],
])("who announces: %s", (_, directors, statuses, [first = "", second = first], unheard) => {
  const vips = announcedVips(announcing(directors), statuses);
  const text = statusText(statuses, ["lb1", "lb2", "lb3"], [], vips);
  const [, table = ""] = text.split("\n\n");
  const [, ...rows] = table.trimEnd().split("\n");
  expect(rows).toEqual([`203.0.113.10/32  ${first}`, `203.0.113.11/32  ${second}`]);
  expect(vips.map(isUnheard)).toEqual(unheard);
  if (statuses.some(({ roles }) => roles[0]?.sessions !== undefined))
    expect(text).toContain("BGP with 10.0.0.254: Established");
});
