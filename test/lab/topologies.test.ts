/** Shapes of clusters that the examples do not have: the lab builds what stands around the managed hosts, too. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { labSpec } from "../../src/lab/build-spec.ts";
import type { CheckEvent } from "../../src/lab/events.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { lvsgen } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { clusterOf, renderTo } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const web = { name: "web", vip: "10.7.0.200", port: 80, scheduler: "rr" };

/** Somebody else's machine between managed ones. */
const unmanaged = {
  version: 1,
  name: "unmanaged",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: "10.7.0.1/24" } },
    rs: { interfaces: { eth0: "10.7.0.11/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [{ ...web, realServers: [{ host: "rs" }, { address: "10.7.0.99" }] }],
};

/** Clients in front, real servers behind; answers go past the director, through the router. */
const routed = {
  version: 1,
  name: "routed",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: "10.7.0.1/24", eth1: "10.7.1.1/24" } },
    rs1: { interfaces: { eth0: "10.7.1.11/24" } },
    rs2: { interfaces: { eth0: "10.7.1.12/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [{ ...web, realServers: [{ host: "rs1" }, { host: "rs2" }] }],
};

/** A VIP that is in nobody's subnet. */
const outside = {
  ...unmanaged,
  virtualServices: [
    { ...web, vip: "10.99.0.1", interface: "eth0", realServers: [{ host: "rs" }, { address: "10.7.0.99" }] },
  ],
};

const options = { interpreter: null, injections: [], shell: null };

async function prove(topology: object): Promise<readonly CheckEvent[]> {
  const scripts = renderTo(temporaryFolder(), topology);
  return labChecks(clusterOf(topology), scripts, ["balance", "arp", "restore", "drain"]);
}

test("a real server that is somebody else's takes its share", { timeout: 600_000 }, async () => {
  const checks = await prove(unmanaged);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.find(({ scenario }) => scenario === "balance")?.figure).toBe("10/10");
  expect(labSpec(clusterOf(unmanaged), "/", options).hosts).toContainEqual(
    expect.objectContaining({
      name: "10.7.0.99",
      kind: "unmanaged",
      scripts: [],
      carriedVips: ["10.7.0.200"],
    }),
  );
});

test("real servers in another subnet than the clients, with a router between", {
  timeout: 600_000,
}, async () => {
  const checks = await prove(routed);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.find(({ scenario }) => scenario === "balance")?.figure).toBe("10/10");
  const { hosts } = labSpec(clusterOf(routed), "/", options);
  expect(hosts.find(({ kind }) => kind === "router")?.interfaces).toHaveLength(2);
});

test("a VIP outside every subnet is reached on the wire", { timeout: 600_000 }, async () => {
  const checks = await prove(outside);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.find(({ scenario }) => scenario === "balance")?.figure).toBe("10/10");
});

test("--scripts: what is proven are the files of that folder", { timeout: 600_000 }, () => {
  const folder = temporaryFolder();
  const file = join(folder, "topology.json");
  writeFileSync(file, JSON.stringify(unmanaged));
  const prove = (scripts: string) =>
    lvsgen(["lab", file, "--scripts", scripts, "--scenario", "idempotence", "--format", "json"]);
  const broken = join(folder, "broken");
  for (const { path, text, mode } of renderCluster(clusterOf(unmanaged), templates)) {
    mkdirSync(dirname(join(broken, path)), { recursive: true });
    const edited = text.replace("already as it should be, nothing changed", "done");
    writeFileSync(join(broken, path), edited, { mode });
  }
  const failed = prove(broken);
  expect(failed.status).toBe(1);
  const checks = (JSON.parse(failed.stdout) as { checks: CheckEvent[] }).checks.filter(({ ok }) => !ok);
  expect(new Set(checks.map(({ name }) => name))).toEqual(
    new Set(["a second start says that nothing changed"]),
  );
  expect(prove(join(folder, "nowhere")).status).toBe(2);
});
