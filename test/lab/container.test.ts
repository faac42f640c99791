/** A director in an unprivileged container: IPVS without its sysctls, as ip_vs_control_net_init_sysctl leaves it. */

import { expect, test } from "vitest";
import { beforeRelease } from "../helpers/release.ts";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { labChecks } from "./run.ts";

const cluster = (sysctls: object) =>
  clusterOf({
    version: 1,
    name: "lxc",
    defaults: { os: "debian-12" },
    hosts: {
      d1: { interfaces: { eth0: "10.7.0.1/24" }, sysctls },
      w1: { interfaces: { eth0: "10.7.0.11/24" } },
    },
    directors: { hosts: ["d1"] },
    virtualServices: [
      { name: "web", vip: "10.7.0.100", port: 80, scheduler: "rr", realServers: [{ host: "w1" }] },
    ],
  });

const hide = "mount -t tmpfs none /proc/sys/net/ipv4/vs";
const show = "umount /proc/sys/net/ipv4/vs";

const cases = [
  {
    what: "goes without those that have the kernel's value",
    sysctls: { expireNodestConn: false, expireQuiescentTemplate: false },
    command: (script: string) => `sh ${script} start && sh ${script} check && sh ${script} stop`,
  },
  {
    what: "says why it cannot set the others",
    sysctls: {},
    command: (script: string) =>
      `{ sh ${script} start; [ $? = 6 ] && sh ${script} stop; } 2>&1 | grep -q "this container may not set IPVS's sysctls"`,
  },
];

test.each(beforeRelease(cases, cases.slice(0, 1)))(
  "a script $what",
  { timeout: 300_000 },
  async ({ sysctls, command }) => {
    const scripts = generatedScripts(cluster(sysctls));
    const injections = [
      { host: "d1", command: `${hide} && ${command(`${scripts}/d1/lvs_dr.sh`)} && ${show}` },
    ];
    const checks = await labChecks(cluster(sysctls), scripts, ["balance"], { injections });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name)).toContain("web is balanced as rr promises");
  },
);
