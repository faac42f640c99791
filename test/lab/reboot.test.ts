/**
 * The scenario `reboot` on every system whose tree can be had here, and on files that are broken on purpose.
 * Making a system's tree needs root.
 */

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { installedKernels } from "../../src/lab/backends/qemu/kernels.ts";
import { prepareScripts } from "../../src/lab/prepare.ts";
import { proveCluster } from "../../src/lab/prove.ts";
import { makeTree } from "../../src/lab/reboot/make-tree.ts";
import { treeKind } from "../../src/lab/reboot/tree-kinds.ts";
import { failedChecks, type LabReport } from "../../src/lab/report/report.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { repository } from "../helpers/lvsgen.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

type System = { readonly os: string; readonly init: "systemd" | "sysv"; readonly reassert?: number };

function clusterOf(director: System, realServer: System): Cluster {
  const topology = {
    version: 1,
    name: "reboot",
    hosts: {
      dr: { ...director, interfaces: { eth0: "10.7.0.1/24" } },
      rs: { ...realServer, interfaces: { eth0: "10.7.0.2/24", "eth1.7": "10.8.0.2/24" } },
    },
    directors: { hosts: ["dr"] },
    virtualServices: [
      {
        name: "web",
        vip: "10.7.0.100",
        port: 80,
        scheduler: "wrr",
        realServers: [{ host: "rs", weight: 3 }],
      },
    ],
    timeouts: { tcp: 30 },
  };
  return checked(topology);
}

/** Firewall marks of both families, and masquerading: their rules come and go with the unit too. */
function withFirewallRules(): Cluster {
  const interfaces = (last: number) => ({ eth0: [`10.7.0.${last}/24`, `fd07::${last}/64`] });
  return checked({
    version: 1,
    name: "reboot-rules",
    defaults: { os: "debian-12" },
    hosts: { dr: { interfaces: interfaces(1) }, rs: { interfaces: interfaces(2) } },
    directors: { hosts: ["dr"] },
    virtualServices: [
      ...[
        { name: "shop", vip: "10.7.0.100" },
        { name: "shop-v6", vip: "fd07::100" },
      ].map((service) => ({
        ...service,
        fwmark: 7,
        ports: [80, 443, "8000-8010"],
        scheduler: "rr",
        realServers: [{ host: "rs" }],
      })),
      {
        name: "masked",
        vip: "10.7.0.101",
        port: 80,
        scheduler: "rr",
        forwarding: "nat",
        nat: { returnPath: "masquerade" },
        realServers: [{ host: "rs", port: 8080 }],
      },
      {
        name: "inner",
        vip: "10.7.0.101",
        port: 81,
        scheduler: "rr",
        forwarding: "nat",
        realServers: [{ host: "rs", port: 8081 }],
      },
    ],
  });
}

/** An example as it is, or with other defaults of all hosts. */
function exampleCluster(name: string, defaults: object): Cluster {
  const file = join(repository, "examples", name, "topology.json");
  const topology = JSON.parse(readFileSync(file, "utf8"));
  return checked({ ...topology, defaults: { ...topology.defaults, ...defaults } });
}

function checked(topology: object): Cluster {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

interface Edit {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** Renders, breaks what is to be broken, boots. */
async function reboot(
  cluster: Cluster,
  hosts: readonly string[] | null,
  edits: readonly Edit[] = [],
  trees: readonly string[] = [],
): Promise<LabReport> {
  const prepared = prepareScripts(renderCluster(cluster, templates));
  try {
    for (const { file, from, to } of edits) {
      const path = join(prepared.folder, file);
      const text = readFileSync(path, "utf8");
      expect(text.replace(from, to), `${file}: nothing to break`).not.toBe(text);
      writeFileSync(path, text.replace(from, to));
    }
    return await proveCluster(cluster, prepared.folder, {
      backend: null,
      interpreter: null,
      guest: null,
      injections: [],
      shell: null,
      thorough: false,
      scenarios: ["reboot"],
      hosts,
      trees,
      timeout: 300,
      kernels: 2,
      signal: new AbortController().signal,
      onEvent: () => {},
    });
  } finally {
    prepared.clean();
  }
}

const SYSTEMS: readonly (System & { readonly hosts: readonly string[] })[] = [
  { os: "debian-11", init: "systemd", reassert: 5, hosts: ["dr"] },
  { os: "debian-12", init: "systemd", reassert: 5, hosts: ["dr", "rs"] },
  { os: "debian-13", init: "systemd", reassert: 5, hosts: ["dr"] },
  { os: "debian-12", init: "sysv", hosts: ["dr", "rs"] },
];

const REPRESENTATIVE: typeof SYSTEMS = [{ os: "debian-12", init: "systemd", reassert: 5, hosts: ["dr"] }];

/** A tree is made in a minute, each host boots twice. */
const TIMEOUT = 900_000;

describe.skipIf(process.getuid?.() !== 0)("after setup.sh and a reboot", () => {
  for (const { hosts, ...system } of beforeRelease(SYSTEMS, REPRESENTATIVE)) {
    test(`${system.os} with ${system.init} is back: ${hosts.join(", ")}`, { timeout: TIMEOUT }, async () => {
      const report = await reboot(clusterOf(system, system), hosts);
      expect(failedChecks(report)).toEqual([]);
      for (const host of hosts) {
        const names = report.checks.filter((check) => check.host === host).map(({ name }) => name);
        expect(names).toContain("the VIPs are there after the reboot");
        expect(names).toContain("at power-off, stop restores the host's state before the network goes");
      }
      expect(report.kernel).toMatch(/^\d+\.\d+/);
    });
  }

  releaseTest("firewall marks and masquerading come back with the unit", { timeout: TIMEOUT }, async () => {
    const report = await reboot(withFirewallRules(), null);
    expect(failedChecks(report)).toEqual([]);
    const rules = report.checks.filter(
      ({ name }) => name === "the firewall rules are there after the reboot",
    );
    // Two marks and one masquerading on the director.
    expect(rules.map(({ host, figure }) => `${host} ${figure}`)).toEqual(["dr 3/3"]);
  });

  releaseTest(
    "a tree with a kernel of its own boots that, and nft has the rules",
    { timeout: TIMEOUT },
    async () => {
      const cluster = withFirewallRules();
      const [, host] = [...cluster.hosts][0] ?? [];
      const kind = host === undefined ? null : treeKind(host);
      if (kind === null || "obstacle" in kind) throw new Error("no tree of Debian 12");
      const tree = join(temporaryFolder(), "tree");
      cpSync(await makeTree(kind, new AbortController().signal), tree, {
        recursive: true,
        verbatimSymlinks: true,
      });
      const [kernel] = installedKernels();
      if (kernel === undefined) throw new Error("no kernel in /boot");
      cpSync(kernel.file, join(tree, "boot", basename(kernel.file)));
      cpSync(kernel.modules, join(tree, "usr/lib/modules", kernel.release), { recursive: true });
      const report = await reboot(cluster, ["dr"], [], [tree]);
      expect(failedChecks(report)).toEqual([]);
      expect(report).toMatchObject({ backend: "qemu", kernel: kernel.release });
      expect(report.checks.map(({ name }) => name)).toContain(
        "the firewall rules are there after the reboot",
      );
    },
  );

  // CentOS trees cannot be had: Debian stands in for it.
  releaseTest.each([
    ["ha-pair", ["pi1", "pi3"], {}],
    ["nat-keepalived", ["lvs1", "web1"], { os: "debian-12" }],
  ])("%s comes back with keepalived: %j", { timeout: TIMEOUT }, async (example, hosts, instead) => {
    const report = await reboot(exampleCluster(example, instead), hosts);
    expect(failedChecks(report)).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toContain(
      "what keepalived has to set up is there after the reboot",
    );
  });

  releaseTest.each([
    ["vip", "lb1"],
    ["kube-api", "control1"],
  ])("a host of the floating addresses of %s comes back", { timeout: TIMEOUT }, async (example, host) => {
    const report = await reboot(exampleCluster(example, {}), [host]);
    expect(failedChecks(report)).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toContain("lvs_dr is in service after the reboot");
  });

  releaseTest(
    "a unit that is not enabled and a stop that does nothing are seen",
    { timeout: TIMEOUT },
    async () => {
      const report = await reboot(
        clusterOf({ os: "debian-12", init: "systemd" }, { os: "debian-12", init: "sysv" }),
        null,
        [
          { file: "dr/setup.sh", from: 'step systemctl -q enable "$service.service"', to: ":" },
          { file: "dr/lvs_dr.service", from: /^ExecStop=.*$/m, to: "ExecStop=/bin/true" },
          { file: "rs/lvs_rs.init", from: /^ {2}stop\) .*$/m, to: "  stop) ;;" },
        ],
      );
      const failed = (host: string): string[] =>
        failedChecks(report)
          .filter((check) => check.host === host)
          .map(({ name }) => name);
      expect(failed("dr")).toEqual([
        "at the reboot, stop restores the host's state before the network goes",
        "lvs_dr is in service after the reboot",
        "the VIPs are there after the reboot",
        "the sysctls are set after the reboot",
        "the IPVS table is there after the reboot",
        "the IPVS timeouts are set after the reboot",
        "lvs_dr.sh check finds nothing missing",
        "lvs_dr reloads",
      ]);
      expect(failed("rs")).toEqual([
        "at the reboot, stop restores the host's state before the network goes",
        "at power-off, stop restores the host's state before the network goes",
      ]);
    },
  );
});
