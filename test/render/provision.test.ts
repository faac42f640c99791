/** What setup.sh is to provide, of every operating system: the files' texts, and that shellcheck and shfmt find nothing. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { findShellcheck } from "../../src/lint/find-shellcheck.ts";
import { lintFiles } from "../../src/lint/lint-files.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import type { Provision } from "../../src/plan/provision/provision.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

interface Wish {
  readonly os: string;
  readonly init?: string;
  readonly mirror?: object;
  readonly ipvsadm?: unknown;
  readonly webServer?: object;
}

const service = { name: "web", vip: "10.0.0.100", port: 80, realServers: [{ host: "rs" }] };

function clusterOf(
  { os, init, webServer, ...packages }: Wish,
  services: readonly object[] = [service],
): Cluster {
  const topology = {
    version: 1,
    name: "provided",
    defaults: { os, ...(init === undefined ? {} : { init }), packages },
    hosts: {
      dr: { interfaces: { eth0: "10.0.0.1/24" } },
      rs: { interfaces: { eth0: "10.0.0.2/24" }, ...(webServer === undefined ? {} : { webServer }) },
    },
    directors: { hosts: ["dr"] },
    virtualServices: services,
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "provided.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

function provided(wish: Wish, services?: readonly object[]): Provision {
  const plan = planCluster(clusterOf(wish, services)).find(({ host }) => host.name === "rs");
  if (plan === undefined) throw new Error("there is no rs");
  return plan.provision;
}

const main = "http://mirror.example.net/os/";

describe("apt's sources", () => {
  const lines = (os: string, more: object = {}) =>
    provided({ os, mirror: { main, ...more } }).repositories?.files[0]?.lines;
  const url = "http://mirror.example.net/os";

  test("of a supported release have its updates and its security", () => {
    expect(lines("debian-12")).toEqual([
      `deb ${url} bookworm main contrib non-free non-free-firmware`,
      `deb ${url} bookworm-updates main contrib non-free non-free-firmware`,
      "deb http://security.debian.org/debian-security bookworm-security main contrib non-free non-free-firmware",
    ]);
    expect(lines("ubuntu-22.04")).toContain(`deb ${url} jammy-security main restricted universe multiverse`);
  });

  test("of an archived release have what the archive has, whatever its date", () => {
    expect(lines("debian-9")).toEqual([`deb [check-valid-until=no] ${url} stretch main contrib non-free`]);
    expect(lines("debian-9", { security: "http://archive.debian.org/debian-security" })).toContain(
      "deb [check-valid-until=no] http://archive.debian.org/debian-security stretch/updates main contrib non-free",
    );
    const jessie = provided({ os: "debian-8", mirror: { main } }).repositories?.files[1];
    expect(jessie).toEqual({
      path: "/etc/apt/apt.conf.d/99lvsgen",
      lines: ['Acquire::Check-Valid-Until "false";'],
    });
  });

  test("of Raspberry Pi OS are those of seed 000, each in place of its own file", () => {
    const tuna = "http://mirrors.tuna.tsinghua.edu.cn";
    const mirror = { main: `${tuna}/raspbian/raspbian/`, raspberrypi: `${tuna}/raspberrypi/` };
    const { repositories } = provided({ os: "raspbian-9", mirror });
    expect(repositories?.files[0]?.lines).toEqual([
      `deb [check-valid-until=no] ${tuna}/raspbian/raspbian stretch main contrib non-free rpi`,
      `deb [check-valid-until=no] ${tuna}/raspberrypi stretch main`,
    ]);
    expect(repositories?.instead).toContain("/etc/apt/sources.list.d/raspi.list");
    const only = provided({ os: "raspbian-13", mirror: { raspberrypi: mirror.raspberrypi } }).repositories;
    expect(only?.instead).toEqual([
      "/etc/apt/sources.list.d/raspi.list",
      "/etc/apt/sources.list.d/raspi.sources",
    ]);
  });
});

describe("yum's and dnf's repositories", () => {
  const urls = (os: string, mirror: object) =>
    provided({ os, mirror }).repositories?.files.flatMap(({ lines }) =>
      lines.filter((line) => line.startsWith("baseurl=")).map((line) => line.slice(8)),
    );

  test("are those of the last point release, or of the streams", () => {
    expect(urls("centos-7", { main: "http://vault.centos.org" })).toEqual([
      "http://vault.centos.org/7.9.2009/os/$basearch/",
      "http://vault.centos.org/7.9.2009/updates/$basearch/",
      "http://vault.centos.org/7.9.2009/extras/$basearch/",
    ]);
    expect(urls("centos-10", { main })).toEqual([
      `${main}10-stream/BaseOS/$basearch/os/`,
      `${main}10-stream/AppStream/$basearch/os/`,
    ]);
    expect(urls("rocky-9", { main })).toContain("http://mirror.example.net/os/9/AppStream/$basearch/os/");
  });

  test("have EPEL where it is asked for, after the package with its key", () => {
    expect(urls("rocky-8", { epel: "http://mirror.example.net/epel" })).toEqual([
      "http://mirror.example.net/epel/8/Everything/$basearch/",
    ]);
    expect(provided({ os: "rocky-8", mirror: { epel: main } }).epelRelease).toBe(true);
    expect(urls("centos-7", { epel: main })).toEqual([`${main}7/$basearch/`]);
    expect(provided({ os: "centos-7", webServer: { kind: "nginx" } }).epelRelease).toBe(true);
    expect(provided({ os: "centos-7", webServer: { kind: "apache" } }).epelRelease).toBe(false);
  });

  test("have EPEL 10 of the minor release that is out, and not of the next one", () => {
    for (const os of ["rhel-10", "rocky-10", "almalinux-10"]) {
      expect(urls(os, { epel: main }), os).toEqual([`${main}10z/Everything/$basearch/`]);
    }
    expect(urls("centos-10", { epel: main })).toEqual([`${main}10/Everything/$basearch/`]);
    expect(urls("centos-9", { epel: main })).toEqual([`${main}9/Everything/$basearch/`]);
  });

  test("check signatures, with the key of ARM's CentOS where that is the mirror", () => {
    const altarch = "http://vault.centos.org/altarch";
    const text = provided({ os: "centos-7", mirror: { main: altarch } }).repositories?.files[0]?.lines.join(
      "\n",
    );
    expect(text).toMatch(/gpgcheck=1\ngpgkey=\S+-CentOS-7 \S+-AltArch-Arm32/);
  });
});

describe("a web server", () => {
  const webServer = { kind: "nginx" };
  const ports = (...services: object[]) =>
    provided({ os: "debian-12", webServer }, services).webServer?.ports ?? null;

  test("listens where services send to the host, beside 80", () => {
    expect(ports(service)).toEqual([]);
    expect(
      ports(service, {
        ...service,
        name: "nat",
        forwarding: "nat",
        port: 81,
        realServers: [{ host: "rs", port: 8080 }],
      }),
    ).toEqual([8080]);
    const { port: _, ...unmarked } = service;
    expect(ports({ ...unmarked, fwmark: 1, ports: [80, 443, "8000-8002"] })).toEqual([8000, 8001, 8002]);
  });

  test("is none where nothing comes that it could answer", () => {
    expect(ports({ ...service, protocol: "udp" })).toBeNull();
    expect(ports({ ...service, port: 443 })).toBeNull();
  });
});

test("a web server that needs no file of setup.sh is no syntax error", () => {
  const cluster = clusterOf({ os: "debian-12", webServer: { kind: "nginx", testPage: false } });
  const script = renderCluster(cluster, templates).find(({ path }) => path === "rs/setup.sh")?.text;
  expect(script).toContain("run_web_server nginx");
  expect(spawnSync("dash", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({ stderr: "" });
});

test("the version of a tarball's name is the one that features are measured by", () => {
  const version = (source: string) =>
    clusterOf({ os: "debian-12", ipvsadm: { source } }).hosts.get("dr")?.platform.ipvsadm;
  expect(version("ipvsadm-1.26.tar.gz")).toBe("1.26");
  expect(version("ipvsadm_1.31.orig.tar.gz")).toBe("1.31");
  expect(version("ipvsadm.tar.xz")).toBe("1.31");
});

/** One of each package manager with each init system, and what is apart in its files. */
const SYSTEMS = [
  { id: "debian-12", init: "systemd", kind: "nginx" },
  { id: "debian-8", init: "sysv", kind: "apache" },
  { id: "centos-6", init: "sysv", kind: "nginx" },
  { id: "centos-7", init: "systemd", kind: "nginx" },
  { id: "rocky-9", init: "systemd", kind: "apache" },
  { id: "rhel-9", init: "systemd", kind: "nginx" },
];

test("setup.sh with all of it is clean to shellcheck, shfmt and three shells", {
  timeout: 300_000,
}, async () => {
  const folder = temporaryFolder();
  const files = SYSTEMS.flatMap(({ id, init, kind }) => {
    const mirror = id.startsWith("rhel") ? { epel: main } : { main };
    const ipvsadm = { source: "ipvsadm-1.31.tar.bz2" };
    const cluster = clusterOf({ os: id, init, mirror, ipvsadm, webServer: { kind } });
    return renderCluster(cluster, templates)
      .filter(({ path }) => path.endsWith("/setup.sh"))
      .map(({ path, text }) => {
        const file = join(folder, id, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        return file;
      });
  });
  const shellcheck = findShellcheck({ environment: process.env, allowNpx: false });
  if (shellcheck === null) throw new Error("shellcheck is not installed");
  expect(await lintFiles(files, shellcheck)).toEqual([]);
  expect(execFileSync("shfmt", ["-d", "-i", "2", "-ci", ...files], { encoding: "utf8" })).toBe("");
  for (const shell of [["dash"], ["bash"], ["busybox", "ash"]]) {
    const [program = "", ...args] = shell;
    for (const file of files) expect(spawnSync(program, [...args, "-n", file]).status, file).toBe(0);
  }
});
