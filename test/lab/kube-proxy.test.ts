/** kube-proxy in its ipvs mode deletes services that it did not make: a director that has lost some says where they went. */

import { expect, test } from "vitest";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const cluster = clusterOf({
  version: 1,
  name: "kube",
  defaults: { os: "debian-12" },
  hosts: {
    d1: { interfaces: { eth0: "10.7.0.1/24" } },
    w1: { interfaces: { eth0: "10.7.0.11/24" } },
  },
  directors: { hosts: ["d1"], engine: "keepalived" },
  virtualServices: [{ name: "web", vip: "10.7.0.100", port: 80, realServers: [{ host: "w1" }] }],
});

test("check names kube-proxy, and what to set there", { timeout: 300_000 }, async () => {
  const scripts = generatedScripts(cluster);
  const script = `sh ${scripts}/d1/lvs_dr.sh`;
  const until = (what: string) => `n=0; until ${what} || [ $n = 300 ]; do n=$((n + 1)); sleep 0.1; done`;
  const lines = [
    `${script} start`,
    until("ipvsadm -Sn | grep -q 10.7.0.100:80"),
    "ipvsadm -C",
    `! ${script} check | grep -q excludeCIDRs`,
    "ip link add kube-ipvs0 type dummy",
    `${script} check | grep -q "not in the IPVS table; kube-proxy deletes those outside its ipvs.excludeCIDRs"`,
    `ip link del kube-ipvs0`,
    `${script} stop`,
  ];
  const injections = [{ host: "d1", command: `set -e; ${lines.join("; ")}` }];
  const checks = await labChecks(cluster, scripts, ["balance"], { injections });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
