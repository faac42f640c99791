/** keepalived.conf for other releases of Debian: taken by the keepalived of each without a word. Needs their trees. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { makeTree } from "../../src/lab/reboot/make-tree.ts";
import { treeKind } from "../../src/lab/reboot/tree-kinds.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { drainedConf } from "../helpers/drained-conf.ts";
import {
  clusterOf,
  cases as floatingCases,
  own as floatingInterfaces,
  more,
} from "../helpers/floating-cases.ts";
import { type Interfaces, keepalivedFindings, keepalivedHolds } from "../helpers/keepalived.ts";
import { cases, interfaces, topologyOf } from "../helpers/keepalived-cases.ts";
import { repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** Its keepalived, and whether it lacks some of the cases: rules refuse those, with the version in their words. */
const RELEASES = [
  { os: "debian-11", version: "2.1.5", lacks: true },
  { os: "debian-12", version: "2.2.7", lacks: false },
  { os: "debian-13", version: "2.3.3", lacks: false },
];

const EXAMPLES: Readonly<Record<string, Interfaces>> = {
  "ha-pair": { eth0: ["192.168.1.114/24"] },
  vip: { eth0: ["192.0.2.11/24", "2001:db8::11/64"] },
  "kube-api": { eth0: ["192.0.2.21/24"] },
  "nat-keepalived": { eth0: ["192.168.0.30/24"], eth1: ["10.0.0.30/24"] },
};

/** Of lvsgen's own, which setup.sh installs. */
const programs = ["lvs_track.sh", "lvs_units.sh"].map((name) => `/usr/libexec/keepalived/${name}`);

function check(topology: unknown) {
  return checkTopology(JSON.stringify(topology), "keepalived.json");
}

function written(folder: string, name: string, cluster: Cluster): string {
  const [first] = renderCluster(cluster, templates).filter(({ path }) => path.endsWith("/keepalived.conf"));
  const file = join(folder, `${name}.conf`);
  writeFileSync(file, first?.text ?? "");
  return file;
}

/** The same while its host is drained. */
function drainedBeside(file: string, cluster: Cluster): string {
  const { path = "", text = "" } =
    renderCluster(cluster, templates).find((artifact) => artifact.path.endsWith("/lvs_dr.sh")) ?? {};
  const conf = readFileSync(file, "utf8");
  const drained = file.replace(/\.conf$/, ".drained.conf");
  writeFileSync(drained, drainedConf(["dash"], { script: text, conf }, dirname(path)));
  return drained;
}

async function treeOf(os: string): Promise<string> {
  const { cluster } = check(topologyOf(cases[0] as (typeof cases)[number], { os, kernel: "6.12" }));
  const [host] = cluster?.hosts.values() ?? [];
  if (host === undefined) throw new Error(`no host of ${os}`);
  const kind = treeKind(host);
  if ("obstacle" in kind) throw new Error(kind.obstacle);
  return makeTree(kind, new AbortController().signal);
}

function keepalivedVersion(tree: string): string {
  const { stdout, stderr } = spawnSync("chroot", [tree, "keepalived", "-v"], { encoding: "utf8" });
  return `${stdout}${stderr}`;
}

test.each(RELEASES)("$os, keepalived $version", { timeout: 900_000 }, async ({ os, version, lacks }) => {
  const tree = await treeOf(os);
  const folder = temporaryFolder();
  const checked = cases.map((each) => check(topologyOf(each, { os, kernel: "6.12" })));
  const files = checked.flatMap(({ cluster }, index) =>
    cluster === null ? [] : written(folder, `case-${index}`, cluster),
  );
  const refused = checked.filter(({ cluster }) => cluster === null);
  expect(refused.length > 0).toBe(lacks);
  for (const { diagnostics } of refused)
    expect(diagnostics.map(({ message }) => message).join("\n")).toMatch(
      new RegExp(`keepalived .*has ${version}`),
    );
  expect(files.length).toBeGreaterThan(cases.length / 2);
  expect(keepalivedFindings(files, interfaces, tree)).toBe("");
  for (const [name, own] of Object.entries(EXAMPLES)) {
    const topology = JSON.parse(readFileSync(join(repository, "examples", name, "topology.json"), "utf8"));
    const { cluster } = check({ ...topology, defaults: { ...topology.defaults, os } });
    if (cluster === null) throw new Error(`${name} is nothing for ${os}`);
    const file = written(folder, name, cluster);
    const drained = drainedBeside(file, cluster);
    expect(keepalivedFindings([file, drained], own, tree, programs)).toBe("");
    if (name === "vip")
      // Both addresses of nginx, which move together.
      expect(
        keepalivedHolds([file, drained], ["192.0.2.10", "2001:db8::10"], { interfaces: own, tree, programs }),
      ).toEqual(["all", "none", "all", "none"]);
  }
  const floating = Object.entries(floatingCases).map(([name, addresses]) =>
    written(folder, name, clusterOf(addresses, more(name), { os, kernel: "6.12" })),
  );
  expect(keepalivedFindings(floating, floatingInterfaces, tree, programs)).toBe("");
  // What is broken is seen there too.
  const broken = join(folder, "broken.conf");
  writeFileSync(broken, readFileSync(files[0] ?? "", "utf8").replace("lvs_sched", "lvs_shed"));
  expect(keepalivedFindings([broken], interfaces, tree)).toContain("lvs_shed");
  expect(keepalivedVersion(tree)).toContain(`v${version}`);
});
