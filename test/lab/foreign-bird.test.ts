/** A director whose BGP is somebody else's, with real BIRDs. */

import { expect, test } from "vitest";
import { temporaryFolder } from "../helpers/temporary.ts";
import { cases } from "./foreign-bird/scenario.ts";
import { runOwn } from "./own/run-own.ts";

const topology = {
  version: 1,
  name: "foreign",
  defaults: { os: "debian-12" },
  hosts: Object.fromEntries(
    Object.entries({ d1: 1, rs1: 11 }).map(([name, last]) => [
      name,
      { interfaces: { eth0: `10.8.0.${last}/24` } },
    ]),
  ),
  directors: {
    hosts: ["d1"],
    announce: { bgp: { asn: 65010, neighbors: [{ address: "10.8.0.254", asn: 65000 }] } },
  },
  virtualServices: [{ name: "web", vip: "203.0.113.10", port: 80, realServers: ["rs1"] }],
};

/** Checks of a BIRD that is ours, and hangs. */
const ofOurs = 4;

test("a BIRD of somebody else is left alone, and the reader is sent on; one that hangs is named", {
  timeout: 400_000,
}, async () => {
  const checks = await runOwn({ scenario: "foreign-bird", topology, work: temporaryFolder() });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks).toHaveLength(cases.length * 2 + cases.filter(({ code }) => code !== 0).length + ofOurs);
});
