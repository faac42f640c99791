/** What directors have that are real servers of each other, by strategy. */

import { expect, test } from "vitest";
import { planCluster } from "../../src/plan/host-plan.ts";
import type { Resource } from "../../src/plan/resources.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";

const macs = ["02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"];
const names = ["d1", "d2", "d3"];

/** Three directors, of which two serve; a service that names its own mark, and one of an outer server. */
function planOf(
  directors: object,
  services: readonly object[] = [],
): ReadonlyMap<string, readonly Resource[]> {
  const topology = {
    version: 1,
    name: "each-other",
    defaults: { os: "debian-12" },
    hosts: Object.fromEntries([
      ...names.map((name, at) => [name, { interfaces: { eth0: `10.8.0.${at + 1}/24` }, mac: macs[at] }]),
      ["rs", { interfaces: { eth0: "10.8.0.11/24" } }],
    ]),
    directors: { hosts: names, engine: "keepalived", ...directors },
    virtualServices: [
      { name: "web", vip: "10.8.0.100", port: 80, realServers: [{ host: "d1" }, { host: "d2" }] },
      {
        name: "own",
        vip: "10.8.0.100",
        fwmark: 0x4c560001,
        ports: [443],
        realServers: [{ host: "d2" }, { host: "rs" }],
      },
      { name: "outer", vip: "10.8.0.101", port: 80, realServers: [{ host: "rs" }] },
      ...services,
    ],
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "each-other.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return new Map(
    planCluster(cluster).map(({ host, roles }) => [host.name, roles.flatMap(({ resources }) => resources)]),
  );
}

function named(plan: readonly Resource[], name: string): string | undefined {
  return plan.flatMap((each) => (each.kind === "sysctl" && each.name === name ? each.value : []))[0];
}

function keepalivedIn(plan: readonly Resource[]) {
  const found = plan.find((resource) => resource.kind === "keepalived");
  if (found === undefined) throw new Error("there is no keepalived");
  return found;
}

test.each(["master-only", "fwmark-mac"])(
  "by %s, those that serve have the VIP on lo, silently",
  (asRealServer) => {
    const plans = planOf({ asRealServer });
    for (const name of ["d1", "d2"]) {
      const plan = plans.get(name) ?? [];
      const kinds = plan.map(({ kind }) => kind);
      expect(plan).toContainEqual(expect.objectContaining({ address: "10.8.0.100/32", interface: "lo" }));
      expect(plan).not.toContainEqual(expect.objectContaining({ address: "10.8.0.101/32", interface: "lo" }));
      expect(named(plan, "net.ipv4.conf.all.arp_ignore")).toBe("1");
      expect(named(plan, "net.ipv4.conf.eth0.arp_announce")).toBe("2");
      expect(kinds.indexOf("address")).toBeGreaterThan(kinds.lastIndexOf("sysctl"));
      expect(kinds.at(-1)).toBe("keepalived");
    }
    expect((plans.get("d3") ?? []).some(({ kind }) => kind === "address")).toBe(false);
  },
);

test("master-only has connection sync whether it is asked for or not, and IPVS rests by it", () => {
  for (const plan of ["d1", "d2", "d3"].map(
    (name) => planOf({ asRealServer: "master-only" }).get(name) ?? [],
  )) {
    expect(named(plan, "net.ipv4.vs.backup_only")).toBe("1");
    expect(keepalivedIn(plan).sync).toMatchObject({ interface: "eth0", syncId: 51 });
    for (const each of plan) if (each.kind === "firewall-rule") expect(each.match.notFromMacs).toEqual([]);
  }
  const asked = planOf({ asRealServer: "master-only", connectionSync: { interface: "eth0", syncId: 7 } });
  expect(keepalivedIn(asked.get("d1") ?? []).sync).toMatchObject({ syncId: 7 });
});

test("by fwmark-mac every service goes by a mark of its own that the other directors' packets do not get", () => {
  const plans = planOf({ asRealServer: "fwmark-mac" });
  names.forEach((name, at) => {
    const plan = plans.get(name) ?? [];
    const rules = plan.filter((resource) => resource.kind === "firewall-rule");
    expect(rules).toHaveLength(3);
    for (const { match } of rules) expect(match.notFromMacs).toEqual(macs.toSpliced(at, 1));
    const marks = keepalivedIn(plan).services.map(({ selector }) =>
      selector.kind === "mark" ? selector.value : 0,
    );
    expect(marks).toEqual([0x4c560002, 0x4c560001, 0x4c560004]);
    expect(rules.map(({ action }) => (action.kind === "mark" ? action.value : 0))).toEqual(marks);
    expect(named(plan, "net.ipv4.vs.backup_only")).toBeUndefined();
  });
});

test("by fwmark-mac with connection sync IPVS rests too: a connection that it was told of needs no mark", () => {
  const plans = planOf({ asRealServer: "fwmark-mac", connectionSync: { interface: "eth0" } });
  expect(named(plans.get("d1") ?? [], "net.ipv4.vs.backup_only")).toBe("1");
});
