/** keepalived.conf: taken by the real keepalived without a word, whatever the topology asks for; and its secret. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { sha256Hex } from "../../src/base/digest.ts";
import { plannedHost } from "../../src/commands/planned-host.ts";
import { buildManifest, manifestText } from "../../src/output/manifest.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import { virtualRouters } from "../../src/plan/vrrp.ts";
import { keepalivedWord } from "../../src/render/escape.ts";
import { planText } from "../../src/render/plan-text.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { type Interfaces, keepalivedFindings } from "../helpers/keepalived.ts";
import { type Case, cases, everyCase, interfaces, topologyOf } from "../helpers/keepalived-cases.ts";
import { repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();

function clusterOf(topology: unknown): Cluster {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "keepalived.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

function configurations(cluster: Cluster): Map<string, string> {
  const files = renderCluster(cluster, templates).filter(({ path }) => path.endsWith("/keepalived.conf"));
  return new Map(files.map(({ path, text }) => [path.replace(/\/.*/, ""), text]));
}

function firstOf(cluster: Cluster): string {
  return [...configurations(cluster).values()][0] ?? "";
}

function write(name: string, text: string): string {
  const file = join(folder, `${name}.conf`);
  writeFileSync(file, text);
  return file;
}

describe("keepalived itself takes", () => {
  test("every kind of service, check, mark and persistence of either family, without a word", () => {
    const files = cases.map((each, index) => write(`case-${index}`, firstOf(clusterOf(topologyOf(each)))));
    expect(files.length).toBeGreaterThan(30);
    expect(keepalivedFindings(files, interfaces)).toBe("");
  });

  test("the examples", () => {
    const places: Readonly<Record<string, Interfaces>> = {
      "ha-pair": { eth0: ["192.168.1.114/24"] },
      "nat-keepalived": { eth0: ["192.168.0.30/24"], eth1: ["10.0.0.30/24"] },
    };
    for (const [name, own] of Object.entries(places)) {
      const topology = JSON.parse(readFileSync(join(repository, "examples", name, "topology.json"), "utf8"));
      // The keepalived at hand is not CentOS 7's, whose spelling it complains of.
      topology.defaults.os = "debian-12";
      expect(keepalivedFindings([write(name, firstOf(clusterOf(topology)))], own)).toBe("");
    }
  });

  test("nothing that is broken, and nothing where the interfaces are missing", () => {
    const text = firstOf(clusterOf(topologyOf(everyCase[0] as Case)));
    const findings = keepalivedFindings(
      [write("keyword", text.replace("lvs_sched", "lvs_shed")), write("good", text)],
      interfaces,
    );
    expect(findings).toContain("Unknown keyword 'lvs_shed'");
    expect(findings).not.toContain("good.conf: ");
    expect(keepalivedFindings([write("nowhere", text)], {})).toContain("doesn't exist");
  });
});

describe("a configuration", () => {
  const plain = topologyOf(everyCase[1] as Case);
  const nat = topologyOf(everyCase.find(({ way }) => way.service.forwarding === "nat") as Case);

  test("has the other directors as peers, and priorities in their order", () => {
    const texts = configurations(clusterOf(plain));
    expect(texts.get("lvs2")).toMatch(
      /priority 150\n.*unicast_src_ip 10\.1\.0\.2\n {2}unicast_peer \{\n {4}10\.1\.0\.3\n/s,
    );
    expect(texts.get("lvs3")).toMatch(
      /priority 140\n.*unicast_src_ip 10\.1\.0\.3\n {2}unicast_peer \{\n {4}10\.1\.0\.2\n/s,
    );
  });

  test("says both the scheduler and the method, begins as backup and is never strict", () => {
    for (const each of cases) {
      const text = firstOf(clusterOf(topologyOf(each)));
      expect(text).toMatch(/^ {2}lvs_sched \w+$/m);
      expect(text).toMatch(/^ {2}lvs_method (DR|NAT|TUN)/m);
      expect(text).not.toMatch(/vrrp_strict|state MASTER/);
    }
  });

  test("moves an address of its own id by an instance of its own, in one group", () => {
    const text = firstOf(clusterOf(nat));
    expect(text.match(/^ {2}virtual_router_id \d+$/gm)).toEqual([
      "  virtual_router_id 51",
      "  virtual_router_id 52",
    ]);
    expect(text).toMatch(
      /vrrp_sync_group matrix \{\n {2}group \{\n {4}eth0-ipv4-51\n {4}eth0\.100-ipv4-52\n/,
    );
    expect(virtualRouters(clusterOf(nat))).toHaveLength(2);
  });

  test("goes with a plan that has neither VIPs nor services of its own, and sends answers to the moving gateway, but those to checks", () => {
    const plans = planCluster(clusterOf(nat));
    const kinds = plans.map(({ roles }) =>
      roles.flatMap(({ resources }) => resources.map(({ kind }) => kind)),
    );
    for (const own of kinds.slice(0, 2)) {
      expect(own.at(-1)).toBe("keepalived");
      expect(own).not.toEqual(expect.arrayContaining(["address"]));
      expect(own).not.toEqual(expect.arrayContaining(["virtual-service"]));
      expect(own).not.toEqual(expect.arrayContaining(["sync-daemon"]));
    }
    const ways = plans.flatMap(({ roles }) => roles.flatMap(({ resources }) => resources));
    const routes = ways.filter((resource) => resource.kind === "route");
    const direct = [{ via: null }, { via: null }];
    const gateway = { to: "default", via: "10.2.0.29" };
    expect(routes).toMatchObject([...direct, gateway, ...direct, gateway]);
  });

  test("is tied to its script by its digest", () => {
    const files = new Map(renderCluster(clusterOf(plain), templates).map(({ path, text }) => [path, text]));
    const digest = sha256Hex(files.get("lvs2/keepalived.conf") ?? "");
    expect(files.get("lvs2/lvs_dr.sh")).toContain(`\nKEEPALIVED_SHA256=${digest}\n`);
  });
});

test("the password is in keepalived.conf and nowhere else, and only root can read that", () => {
  const secret = "Zk8.w_q7";
  const topology = topologyOf(everyCase[1] as Case);
  const cluster = clusterOf({
    ...topology,
    directors: { ...topology.directors, vrrp: { ...topology.directors.vrrp, authPassword: secret } },
  });
  const artifacts = renderCluster(cluster, templates);
  const holding = artifacts.filter(({ text }) => text.includes(secret));
  expect(holding.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([
    "lvs2/keepalived.conf 600",
    "lvs3/keepalived.conf 600",
  ]);
  const plans = planCluster(cluster);
  const told = [
    manifestText(
      buildManifest(
        { cluster: cluster.name, topology: "" },
        artifacts.map(({ path, text }) => [path, { sha256: sha256Hex(text), mode: "" }]),
      ),
    ),
    ...plans.map((plan) => planText(plan) + JSON.stringify(plannedHost(plan))),
    JSON.stringify(cluster.directors),
  ].join("\n");
  expect(told).not.toContain(secret);
});

test.each(["", "a b", "a#b", "a!b", "@a", "$A", "~SEQ(1)", 'a"b', "a{", "a\nb"])(
  "%j is no word of keepalived.conf",
  (text) => {
    expect(() => keepalivedWord(text)).toThrow();
  },
);
