/**
 * Hosts of the lab begin with the reverse path filter that their systems ship: real servers with two networks answer where it is
 * strict, and scripts with the defect that leaves it alone serve nobody.
 */

import { join } from "node:path";
import { expect, test } from "vitest";
import { readTemplates } from "../../scripts/templates-module.ts";
import { beforeRelease } from "../helpers/release.ts";
import { type Defect, overlay, STRICT_REVERSE_PATH } from "./defects/defects.ts";
import { writeScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const TEMPLATES = readTemplates(join(import.meta.dirname, "../../templates"));

interface System {
  readonly os: string;
  /** rp_filter of `all`, of an interface and of lo when the host has booted. */
  readonly boots: readonly [all: number, each: number, lo: number];
}

const SYSTEMS: readonly System[] = [
  { os: "rocky-9", boots: [0, 1, 1] },
  { os: "centos-6", boots: [0, 1, 0] },
  { os: "centos-7", boots: [1, 1, 0] },
  { os: "rocky-8", boots: [1, 0, 0] },
  { os: "ubuntu-18.04", boots: [1, 1, 0] },
];

/** The classical layout: requests come in by the servers' side, answers leave by the clients'. */
const topologyOf = (os: string) => ({
  version: 1,
  name: "two-networks",
  defaults: { os },
  hosts: {
    dr: { interfaces: { ens3: "192.0.2.1/24", ens4: "10.7.0.1/24" } },
    rs1: { interfaces: { ens4: "10.7.0.11/24", ens3: "192.0.2.11/24" } },
    rs2: { interfaces: { ens4: "10.7.0.12/24", ens3: "192.0.2.12/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [
    {
      name: "web",
      vip: "192.0.2.100",
      port: 80,
      scheduler: "rr",
      realServers: [{ host: "rs1" }, { host: "rs2" }],
    },
  ],
});

/** Fails on a host whose settings are others. */
function lookAt([all, each, lo]: System["boots"]) {
  const folders = { all, ens4: each, default: each, lo };
  const command = Object.entries(folders)
    .map(([folder, value]) => `[ "$(cat /proc/sys/net/ipv4/conf/${folder}/rp_filter)" = ${value} ]`)
    .join(" && ");
  return ["dr", "rs1"].map((host) => ({ host, command }));
}

test.each(beforeRelease(SYSTEMS, SYSTEMS.slice(0, 1)))(
  "hosts of $os",
  { timeout: 300_000 },
  async ({ os, boots }) => {
    const cluster = clusterOf(topologyOf(os));
    const balance = (defects: readonly Defect[]) =>
      labChecks(cluster, writeScripts(cluster, overlay(TEMPLATES, defects)), ["balance"], {
        injections: lookAt(boots),
      });
    const right = await balance([]);
    expect(right.filter(({ ok }) => !ok)).toEqual([]);
    expect(right).toMatchObject([{ figure: "10/10" }]);
    const wrong = (await balance([STRICT_REVERSE_PATH])).filter(({ ok }) => !ok);
    expect(wrong.map(({ name }) => name)).toEqual(STRICT_REVERSE_PATH.failing);
    expect(wrong).toMatchObject([{ figure: expect.stringContaining("ETIMEDOUT") }]);
  },
);
