/** Hosts of floating addresses: what they get, what moves together, and whether keepalived takes it. */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { planCluster } from "../../src/plan/host-plan.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { api, cases, clusterOf, more, own, tracks, web, web6, weighted } from "../helpers/floating-cases.ts";
import { keepalivedFindings } from "../helpers/keepalived.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
const filesOf = (cluster: Cluster): Map<string, string> =>
  new Map(renderCluster(cluster, templates).map(({ path, text }) => [path, text]));

describe("hosts of floating addresses", () => {
  test("get keepalived and what lets programs listen, and nothing of IPVS", () => {
    const cluster = clusterOf([web, web6]);
    const plans = planCluster(cluster).map(({ host, roles }) =>
      roles.flatMap(({ resources }) =>
        resources.map((each) => `${host.name} ${each.kind === "sysctl" ? each.name : each.kind}`),
      ),
    );
    const kinds = ["net.ipv4.ip_nonlocal_bind", "net.ipv6.ip_nonlocal_bind", "keepalived"];
    expect(plans).toEqual([kinds.map((kind) => `lb1 ${kind}`), kinds.map((kind) => `lb2 ${kind}`), []]);
    const files = filesOf(cluster);
    expect([...files.keys()].filter((path) => /^lb[123]\//.test(path))).toEqual(
      ["lb1", "lb2"].flatMap((host) =>
        ["keepalived.conf", "lvs_dr.sh", "lvs_dr.service", "setup.sh"].map((name) => `${host}/${name}`),
      ),
    );
    expect(files.get("lb1/lvs_dr.sh")).not.toMatch(/ipvsadm/);
    expect(files.get("lb1/setup.sh")).not.toMatch(/install .*ipvsadm/);
  });

  test("are ready before programs that may listen, but for those that the script starts", () => {
    const unit = filesOf(clusterOf([{ ...web, runOnMaster: ["nginx", "php8.2-fpm"] }])).get(
      "lb1/lvs_dr.service",
    );
    const [, before = ""] = /^Before=(.*)$/m.exec(unit ?? "") ?? [];
    expect(before.split(" ")).toContain("haproxy.service");
    expect(before.split(" ")).not.toContain("nginx.service");
  });

  test("move addresses of the same hosts and settings together, others by themselves", () => {
    const conf = filesOf(clusterOf([web, api, web6])).get("lb1/keepalived.conf") ?? "";
    expect(conf.match(/^vrrp_sync_group .*\{\n {2}group \{\n(?: {4}\w+\n)+/gm)).toEqual([
      "vrrp_sync_group web.group {\n  group {\n    web\n    web6\n",
    ]);
    expect(
      [...conf.matchAll(/^vrrp_instance (\w+) [\s\S]*?priority (\d+)/gm)].map(([, ...found]) => found),
    ).toEqual([
      ["web", "150"],
      ["api", "140"],
      ["web6", "150"],
    ]);
    expect(
      filesOf(clusterOf([web, { ...web, name: "b", address: "192.0.2.9/24" }])).get("lb2/keepalived.conf"),
    ).toMatch(/virtual_ipaddress \{\n {4}192\.0\.2\.10\/24 dev eth0\n {4}192\.0\.2\.9\/24 dev eth0\n/);
  });

  test("watch each thing once, and give up or lose priority while it fails; a group loses as a whole", () => {
    const grouped = [web, { ...web6 }].map((each) => ({
      ...each,
      preempt: true,
      track: weighted.slice(0, 2),
    }));
    const conf = filesOf(clusterOf([...grouped, { ...api, track: tracks.slice(0, 1) }])).get(
      "lb1/keepalived.conf",
    );
    expect(conf?.match(/^vrrp_script \S+/gm)).toEqual(["vrrp_script http-80", "vrrp_script tcp-25"]);
    expect(conf).toMatch(
      /vrrp_sync_group web\.group \{[\s\S]*?\n {2}track_script \{\n {4}http-80 weight -20\n {4}tcp-25 weight -20\n/,
    );
    expect(conf?.match(/vrrp_instance web \{[\s\S]*?\n\}/)?.[0]).not.toContain("track_script");
    expect(conf?.match(/vrrp_instance api \{[\s\S]*?\n\}/)?.[0]).toContain(
      "  track_script {\n    http-80\n  }\n",
    );
  });

  test("have priorities in smaller steps than any weight", () => {
    const track = [
      { type: "process", name: "a", weight: -4 },
      { type: "process", name: "b", weight: 30 },
    ];
    const files = filesOf(clusterOf([{ ...web, hosts: ["lb1", "lb2", "lb3"], preempt: true, track }]));
    const priorities = ["lb1", "lb2", "lb3"].map(
      (host) => files.get(`${host}/keepalived.conf`)?.match(/priority (\d+)/)?.[1],
    );
    expect(priorities).toEqual(["150", "147", "144"]);
  });

  test("have configurations that keepalived takes without a word", () => {
    const files = Object.entries(cases).map(([name, addresses]) => {
      const cluster = clusterOf(addresses, more(name));
      const file = join(folder, `${name}.conf`);
      writeFileSync(file, filesOf(cluster).get("lb1/keepalived.conf") ?? "");
      return file;
    });
    expect(
      keepalivedFindings(files, own, null, [
        "/usr/libexec/keepalived/lvs_track.sh",
        "/usr/libexec/keepalived/lvs_units.sh",
      ]),
    ).toBe("");
  });
});

describe("a host's script looks at each group by itself", () => {
  const look = (script: string, has: string): string => {
    const functions = script.slice(script.indexOf("\nlost_address() {"), script.indexOf("\n# find_sync:"));
    const body =
      functions === "" || !script.includes("# find_sync:")
        ? script.slice(script.indexOf("\nlost_address() {")).replace(/\n\n# (---|====)[\s\S]*/, "")
        : functions;
    const shell = [
      script.match(/^MOVING=.*$/m)?.[0],
      script.match(/^MOVING_GROUPS=.*$/m)?.[0] ?? "",
      `has_address() { case " ${has} " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }`,
      "find_sync() { SYNC_ROLE=master; }",
      "FAULT=",
      body,
      'lost_address || :; printf %s "$FAULT"',
    ];
    const { stdout, stderr } = spawnSync("dash", ["-euc", shell.join("\n")], { encoding: "utf8" });
    return stdout + stderr;
  };

  test.each([
    ["", ""],
    ["192.0.2.20/24", ""],
    ["192.0.2.10/24 fd00::10/64", ""],
    ["192.0.2.10/24", "it has 1 of 2 addresses, not fd00::10/64 on eth0"],
    ["fd00::10/64 192.0.2.20/24", "it has 1 of 2 addresses, not 192.0.2.10/24 on eth0"],
  ])("with %j it says %j", (has, said) => {
    const script = filesOf(clusterOf([web, api, web6])).get("lb1/lvs_dr.sh") ?? "";
    expect(look(script, has)).toBe(said);
  });

  test("connection sync says only where the directors' addresses belong", () => {
    const script =
      filesOf(clusterOf([{ ...api, hosts: ["lb1", "lb3"] }], more("beside"))).get("lb1/lvs_dr.sh") ?? "";
    expect(look(script, "192.0.2.20/24")).toBe(
      "it is the VRRP master and does not have 192.0.2.53/32 on eth0",
    );
    expect(look(script, "192.0.2.53/32")).toBe("");
  });
});
