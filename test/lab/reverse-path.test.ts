/** rp_filter as Red Hat's family ships it: real servers with two networks answer, and without their sysctl none does. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../helpers/temporary.ts";
import { clusterOf, renderTo } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

/** The classical layout: requests come in by the servers' side, answers leave by the clients'. */
const topology = {
  version: 1,
  name: "two-networks",
  defaults: { os: "rocky-9" },
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
};

function balance(scripts: string) {
  const injections = Object.keys(topology.hosts).map((host) => ({
    host,
    command: "echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter",
  }));
  return labChecks(clusterOf(topology), scripts, ["balance"], { injections });
}

test("a strict filter on every host", { timeout: 300_000 }, async () => {
  const scripts = renderTo(temporaryFolder(), topology);
  const [held] = (await balance(scripts)).filter(({ name }) => name.includes("is balanced"));
  expect(held).toMatchObject({ ok: true, figure: "10/10" });
  for (const host of ["rs1", "rs2"]) {
    const file = join(scripts, host, "lvs_rs.sh");
    const text = readFileSync(file, "utf8");
    const without = text.replace(/^ {2}"\$1"_sysctl net\.ipv4\.conf\.ens4\.rp_filter 2\n/m, "");
    expect(without).not.toBe(text);
    writeFileSync(file, without);
  }
  const [failed] = (await balance(scripts)).filter(({ name }) => name.includes("is balanced"));
  expect(failed).toMatchObject({ ok: false, figure: expect.stringContaining("ETIMEDOUT") });
});
