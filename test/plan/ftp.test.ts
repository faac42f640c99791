/** FTP by nat: the kernel's helper, and the connection tracking that it rewrites by. */

import { describe, expect, test } from "vitest";
import { planCluster } from "../../src/plan/host-plan.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";

function directorOf(service: object): { readonly modules: string[]; readonly sysctls: string[] } {
  const topology = {
    version: 1,
    name: "ftp",
    defaults: { os: "debian-12" },
    hosts: {
      d1: { interfaces: { eth0: "192.0.2.11/24" } },
      w1: { interfaces: { eth0: "192.0.2.21/24" } },
    },
    directors: { hosts: ["d1"] },
    virtualServices: [{ name: "ftp", vip: "192.0.2.100", realServers: [{ host: "w1" }], ...service }],
  };
  const { cluster } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error("it does not validate");
  const [director] = planCluster(cluster);
  const resources = director?.roles[0]?.resources ?? [];
  return {
    modules: resources.flatMap((each) => (each.kind === "module" ? each.name : [])),
    sysctls: resources.flatMap((each) => (each.kind === "sysctl" ? `${each.name}=${each.value}` : [])),
  };
}

const tracked = ["net.ipv4.vs.conntrack=1", "net.ipv4.vs.conn_reuse_mode=1"];

describe("the director's kernel", () => {
  test.each([
    { port: 21, forwarding: "nat" },
    { fwmark: 3, ports: [21, "30000-30100"], persistence: {}, forwarding: "nat" },
  ])("rewrites FTP: %j", (service) => {
    const { modules, sysctls } = directorOf(service);
    expect(modules).toContain("ip_vs_ftp");
    expect(sysctls).toEqual(expect.arrayContaining(tracked));
  });

  test.each([
    { port: 21, forwarding: "dr" },
    { port: 21, forwarding: "tun" },
    { port: 80, forwarding: "nat" },
    { port: 21, protocol: "udp", forwarding: "nat" },
  ])("leaves others as they are: %j", (service) => {
    const { modules, sysctls } = directorOf(service);
    expect(modules).not.toContain("ip_vs_ftp");
    for (const each of tracked) expect(sysctls).not.toContain(each);
  });
});
