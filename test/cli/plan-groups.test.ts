/** Hosts of one shape are one block of the plan; --host and JSON have each whole. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { planCluster } from "../../src/plan/host-plan.ts";
import { planTexts } from "../../src/render/plan-groups.ts";
import { planText } from "../../src/render/plan-text.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { lvsgen } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const many = {
  version: 1,
  name: "shop",
  defaults: { os: "debian-12" },
  hosts: {
    lb: { interfaces: { eth0: "10.0.0.1/16" } },
    "web[001:250]": { interfaces: { eth0: "10.0.1.[1:250]/16" } },
    "web[251:300]": { interfaces: { eth0: "10.0.2.[1:50]/16" } },
  },
  directors: { hosts: ["lb"], engine: "keepalived" },
  virtualServices: [
    { name: "web", vip: "10.0.0.100", port: 80, healthCheck: { type: "tcp" }, realServers: ["web[001:300]"] },
  ],
};
function plansOf(topology: object) {
  const { cluster } = checkTopology(stringify(topology), "cluster.yaml");
  if (cluster === null) throw new Error("does not validate");
  return planCluster(cluster);
}

describe("lvsgen plan", () => {
  const text = planTexts(plansOf(many));

  test("shows 300 servers of one range in one block, and in few lines of the director", () => {
    expect(text.split("\n").length).toBeLessThan(60);
    expect(text).toContain("web[001:300] (Debian 12, systemd): real server, lvs_rs.sh\n");
    expect(text).toContain(" -> web[001:250] 10.0.1.[1:250]:80 dr weight 1\n");
    expect(text).toContain(" -> web[251:300] 10.0.2.[1:50]:80 dr weight 1\n");
    expect(text).toContain(
      "  <address of eth0>: 10.0.1.[1:250] on web[001:250], 10.0.2.[1:50] on web[251:300]\n",
    );
    expect(text).toContain("  firewall: allow tcp from 10.0.0.1 to <address of eth0> port 80\n");
  });

  test("shows the addresses in place where they run in step with the names", () => {
    const hosts = { lb: many.hosts.lb, "web[1:4]": { interfaces: { eth0: "10.0.1.[1:4]/16" } } };
    const services = [
      { name: "web", vip: "10.0.0.100", port: 80, healthCheck: { type: "tcp" }, realServers: ["web[1:4]"] },
    ];
    const shown = planTexts(plansOf({ ...many, hosts, virtualServices: services }));
    expect(shown).toContain("  firewall: allow tcp from 10.0.0.1 to 10.0.1.[1:4] port 80\n");
    expect(shown).not.toContain("<");
  });

  test("lists hosts of one shape whose names are in no range", () => {
    const names = ["amber", "beryl", "coral"];
    const hosts = Object.fromEntries(
      names.map((name, at) => [name, { interfaces: { eth0: `10.0.1.${at * at + 1}/16` } }]),
    );
    const services = [
      { name: "web", vip: "10.0.0.100", port: 80, healthCheck: { type: "tcp" }, realServers: names },
    ];
    const shown = planTexts(
      plansOf({ ...many, hosts: { lb: many.hosts.lb, ...hosts }, virtualServices: services }),
    );
    expect(shown).toContain(
      "3 hosts (Debian 12, systemd): real server, lvs_rs.sh\n  <host>: amber, beryl, coral\n" +
        "  <address of eth0>: 10.0.1.1 on amber, 10.0.1.2 on beryl, 10.0.1.5 on coral\n",
    );
  });

  test("keeps a host apart that differs", () => {
    const virtualServices = [
      ...many.virtualServices,
      { name: "tls", vip: "10.0.0.100", port: 443, healthCheck: { type: "tcp" }, realServers: ["web007"] },
    ];
    const shown = planTexts(plansOf({ ...many, virtualServices }));
    expect(shown).toContain("\nweb007 (Debian 12, systemd): real server, lvs_rs.sh\n");
    expect(shown).toContain(
      "299 hosts (Debian 12, systemd): real server, lvs_rs.sh\n  <host>: web[001:006], web[008:300]",
    );
  });

  test("shows two of a kind one by one", () => {
    const plans = plansOf(many).slice(0, 3);
    expect(planTexts(plans).match(/real server, lvs_rs.sh/g)).toHaveLength(2);
    expect(planTexts(plans.slice(1))).toBe(plans.slice(1).map(planText).join("\n"));
  });

  test("--host and JSON have each whole", () => {
    const file = join(temporaryFolder(), "cluster.yaml");
    writeFileSync(file, stringify(many));
    expect(lvsgen(["plan", file]).stdout).toBe(text);
    const one = lvsgen(["plan", file, "--host", "web007"]).stdout;
    expect(one).toContain("web007 (Debian 12, systemd): real server, lvs_rs.sh\n");
    expect(one).toContain("  firewall: allow tcp from 10.0.0.1 to 10.0.1.7 port 80\n");
    expect(lvsgen(["plan", file, "--host", "lb"]).stdout).toContain("-> web007 10.0.1.7:80 dr weight 1\n");
    expect(JSON.parse(lvsgen(["plan", file, "--format", "json"]).stdout).hosts).toHaveLength(301);
  });
});
