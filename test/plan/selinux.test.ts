/** Which checks of keepalived SELinux refuses, and what of that stands in plan, scripts, setup.sh and host_vars. */

import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { planCluster } from "../../src/plan/host-plan.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";

function clusterOf(os: string, healthCheck: object | null, port = 8000, protocol = "tcp") {
  const topology = {
    version: 1,
    name: "selinux",
    defaults: { os },
    hosts: {
      lvs: { interfaces: { eth0: "10.1.0.2/24" } },
      web: { interfaces: { eth0: "10.1.0.11/24" } },
    },
    directors: { hosts: ["lvs"], engine: "keepalived" },
    virtualServices: [
      {
        name: "app",
        vip: "10.1.0.200",
        port,
        protocol,
        realServers: [{ host: "web" }],
        ...(healthCheck === null ? {} : { healthCheck }),
      },
    ],
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "selinux.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

/** What its director's plan says of SELinux. */
function reasons(...of: Parameters<typeof clusterOf>): string[] {
  const resources = planCluster(clusterOf(...of)).flatMap(({ roles }) =>
    roles.flatMap((role) => role.resources),
  );
  return resources.flatMap((resource) => (resource.kind === "selinux-boolean" ? resource.reason : []));
}

describe("keepalived_connect_any", () => {
  test.each([
    { check: { type: "tcp" }, port: 8000, refused: "app at port 8000" },
    { check: { type: "http" }, port: 8080, refused: "app at port 8080" },
    { check: { type: "https", port: 9443 }, port: 443, refused: "app at port 9443" },
    { check: { type: "smtp" }, port: 2525, refused: "app at port 2525" },
    { check: { type: "tcp" }, port: 63165, refused: "app at port 63165" },
    {
      check: { type: "script", command: "/usr/local/bin/ask" },
      port: 80,
      refused: "app by /usr/local/bin/ask",
    },
  ])("is needed by $check at port $port", ({ check, port, refused }) => {
    const [reason, ...more] = reasons("rhel-9", check, port);
    expect(reason).toBe(`without it SELinux denies checks of keepalived: ${refused}`);
    expect(more).toEqual([]);
  });

  test.each([
    { check: null, port: 8000 },
    { check: { type: "tcp" }, port: 80 },
    { check: { type: "tcp" }, port: 9000 },
    { check: { type: "tcp" }, port: 3306 },
    { check: { type: "tcp" }, port: 63164 },
    { check: { type: "smtp" }, port: 587 },
    { check: { type: "http", port: 8443 }, port: 8000 },
    { check: { type: "ping" }, port: 8000 },
    { check: { type: "script", command: "/usr/libexec/keepalived/ask" }, port: 8000 },
  ])("is not by $check at port $port", ({ check, port }) => {
    expect(reasons("rhel-9", check, port)).toEqual([]);
  });

  test("is not for checks by UDP, and not on systems of other families", () => {
    expect(reasons("rhel-9", { type: "dns", name: "example.net" }, 53, "udp")).toEqual([]);
    expect(reasons("debian-12", { type: "tcp" })).toEqual([]);
    expect(reasons("rocky-8", { type: "tcp" })).toHaveLength(1);
    expect(reasons("centos-7", { type: "tcp" })).toHaveLength(1);
  });
});

test("the script looks at it, setup.sh and the role turn it on; none of them where it is not needed", () => {
  const files = (...of: Parameters<typeof clusterOf>) =>
    new Map(renderCluster(clusterOf(...of), templates).map(({ path, text }) => [path, text]));
  const needed = files("rocky-9", { type: "tcp" });
  expect(needed.get("lvs/lvs_dr.sh")).toContain('  "$1"_selinux keepalived_connect_any\n  "$1"_keepalived\n');
  expect(needed.get("lvs/setup.sh")).toContain("\nBOOLEANS=keepalived_connect_any\n");
  expect(needed.get("web/setup.sh")).not.toContain("BOOLEANS");
  expect(needed.get("ansible/host_vars/lvs.yml")).toContain("\nlvs_selinux:\n  - keepalived_connect_any\n");
  for (const unneeded of [files("rocky-9", { type: "tcp" }, 80), files("debian-12", { type: "tcp" })]) {
    expect(unneeded.get("lvs/lvs_dr.sh")).not.toContain("_selinux");
    expect(unneeded.get("lvs/setup.sh")).not.toContain("keepalived_connect_any");
    expect(unneeded.get("ansible/host_vars/lvs.yml")).not.toContain("keepalived_connect_any");
  }
});
