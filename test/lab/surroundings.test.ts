/** Settings of others under which IPVS fails: a director's check names them, and what to do. */

import { expect, test } from "vitest";
import { beforeRelease } from "../helpers/release.ts";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const clusterBy = (engine: string) =>
  clusterOf({
    version: 1,
    name: "others",
    defaults: { os: "debian-12" },
    hosts: {
      d1: { interfaces: { eth0: "10.7.0.1/24" } },
      w1: { interfaces: { eth0: "10.7.0.11/24" } },
    },
    directors: { hosts: ["d1"], engine },
    virtualServices: [
      { name: "web", vip: "10.7.0.100", port: 80, scheduler: "rr", realServers: [{ host: "w1" }] },
    ],
  });

/** As ethtool 6.1 prints vmxnet3's; no device of a kernel without hardware has it on. */
const ethtool = `#!/bin/sh
[ "$1 $2" = "-k eth0" ] || exit 1
echo "Features for eth0:
generic-receive-offload: on
large-receive-offload: on
rx-vlan-offload: on"`;

test.each(beforeRelease(["ipvsadm", "keepalived"], ["keepalived"]))(
  "with the engine %s",
  { timeout: 300_000 },
  async (engine) => {
    const cluster = clusterBy(engine);
    const scripts = generatedScripts(cluster);
    const script = `sh ${scripts}/d1/lvs_dr.sh`;
    const says = (words: string) => `{ ${script} check || :; } | grep -q "${words}"`;
    const lines = [
      `${script} start`,
      `n=0; until ipvsadm -Sn | grep -q 10.7.0.100:80 || [ $n = 300 ]; do n=$((n + 1)); sleep 0.1; done`,
      `! ${says("^note:")}`,
      "ip link add kube-ipvs0 type dummy",
      says("^note: kube-proxy deletes IPVS services outside its ipvs.excludeCIDRs"),
      "ipvsadm -C",
      says("^note: kube-proxy"),
      "ip link del kube-ipvs0",
      `printf '%s\\n' '${ethtool}' >/usr/sbin/ethtool`,
      "chmod 755 /usr/sbin/ethtool",
      says("^note: eth0 merges packets .* ethtool -K eth0 lro off"),
      `{ ${script} check --json || :; } | grep -q '"notes":."eth0 merges'`,
      "rm /usr/sbin/ethtool",
      `${script} stop`,
    ];
    const injections = [{ host: "d1", command: `set -e; ${lines.join("; ")}` }];
    const checks = await labChecks(cluster, scripts, ["balance"], { injections });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  },
);
