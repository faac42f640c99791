/** Every kind of file for every operating system: parsed, linted and verified by the programs that will read them. */

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { templates } from "#templates";
import { findShellcheck } from "../../src/lint/find-shellcheck.ts";
import { lintFiles, lintKind } from "../../src/lint/lint-files.ts";
import { platforms } from "../../src/platforms/platforms.ts";
import type { Artifact } from "../../src/render/artifact.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
let artifacts: Artifact[] = [];

/** A director and a real server of every operating system with every init system it has, with a timer where it can. */
const combinations = [...platforms.values()].flatMap((platform) =>
  platform.inits.map((init) => ({ os: platform.id, init, systemd: platform.systemd ?? 0 })),
);

function renderCombination(os: string, init: string): Artifact[] {
  const topology = {
    version: 1,
    name: "matrix",
    defaults: { os, init, ...(init === "systemd" ? { reassert: 60 } : {}) },
    hosts: {
      dr: { interfaces: { "eth0.100": "10.0.0.1/24" } },
      rs: { interfaces: { "eth0.100": "10.0.0.2/24", eth1: "10.1.0.2/24" } },
    },
    directors: { hosts: ["dr"] },
    virtualServices: [
      {
        name: "web",
        vip: "10.0.0.100",
        port: 80,
        scheduler: "wlc",
        realServers: [
          { host: "rs", weight: 0, upperThreshold: 100, lowerThreshold: 50 },
          { address: "10.0.0.3", weight: 65535 },
        ],
      },
      {
        name: "dns",
        vip: "10.0.0.100",
        port: 53,
        protocol: "udp",
        scheduler: "rr",
        realServers: [{ host: "rs" }],
      },
    ],
    timeouts: { tcp: 900 },
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "matrix.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return renderCluster(cluster, templates).map(({ path, ...rest }) => ({
    path: `${os}/${init}/${path}`,
    ...rest,
  }));
}

beforeAll(() => {
  artifacts = combinations.flatMap(({ os, init }) => renderCombination(os, init));
  for (const { path, text, mode } of artifacts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode });
  }
});

const scripts = () =>
  artifacts.filter(({ path }) => lintKind(path) === "script").map(({ path }) => join(folder, path));

describe("every script", () => {
  test("is there for every operating system", () => {
    expect(scripts()).toHaveLength(
      combinations.length * 4 + combinations.filter(({ init }) => init === "sysv").length * 2,
    );
  });

  test.each([
    ["dash", ["-n"]],
    ["bash", ["-n"]],
    ["bash", ["--posix", "-n"]],
    ["busybox", ["ash", "-n"]],
  ])("parses in %s %s", (shell, args) => {
    for (const file of scripts()) expect(spawnSync(shell, [...args, file]).status, file).toBe(0);
  });

  test("has no shellcheck finding at the strictest severity", async () => {
    const shellcheck = findShellcheck({ environment: process.env, allowNpx: false });
    if (shellcheck === null) throw new Error("shellcheck is not installed");
    // Of scripts that differ in the digest of their plan alone, one is enough.
    const different = new Map(
      artifacts.map(({ path, text }) => [text.replace(/^# Plan sha256: .*$/m, ""), join(folder, path)]),
    );
    expect(different.size).toBeGreaterThan(10);
    expect(await lintFiles([...different.values()], shellcheck)).toEqual([]);
  });

  test("is formatted as shfmt has it", () => {
    expect(execFileSync("shfmt", ["-d", "-i", "2", "-ci", ...scripts()], { encoding: "utf8" })).toBe("");
  });

  test("says nothing of when, where and by whom it was made", () => {
    for (const { text } of artifacts) {
      // A digest has any digits.
      const said = text.replaceAll(/\b[0-9a-f]{64}\b/g, "");
      expect(said).not.toContain(String(new Date().getFullYear()));
      expect(text).not.toContain(process.cwd());
    }
  });
});

describe("every shellcheck directive in a template", () => {
  test("has its reason beside it", () => {
    const lines = Object.values(templates).flatMap((text) => text.split("\n"));
    const directives = lines.filter((line) => /# shellcheck (disable|source)=/.test(line));
    expect(directives.length).toBeGreaterThan(0);
    for (const line of directives) expect(line).toMatch(/# shellcheck \S+ # \S+/);
  });
});

/** Units with the scripts' place replaced by one on this machine, as systemd-analyze wants to see them run. */
function installUnits(os: string, systemd: number): string {
  const place = join(folder, "units", os);
  mkdirSync(place, { recursive: true });
  for (const host of ["dr", "rs"]) {
    for (const name of readdirSync(join(folder, os, "systemd", host))) {
      const file = join(folder, os, "systemd", host, name);
      if (lintKind(name) !== "unit") copyFileSync(file, join(place, name));
      else
        writeFileSync(
          join(place, name),
          readFileSync(file, "utf8").replaceAll("/usr/local/sbin/", `${place}/`),
        );
    }
  }
  expect(systemd).toBeGreaterThan(0);
  return place;
}

describe("the units", () => {
  const withSystemd = combinations.filter(({ init }) => init === "systemd");

  test.each(withSystemd)("of $os pass systemd-analyze verify", ({ os, systemd }) => {
    const place = installUnits(os, systemd);
    const units = readdirSync(place).filter((name) => lintKind(name) === "unit");
    expect(units).toEqual([
      "lvs_dr-reassert.service",
      "lvs_dr-reassert.timer",
      "lvs_dr.service",
      "lvs_rs-reassert.service",
      "lvs_rs-reassert.timer",
      "lvs_rs.service",
    ]);
    const { status, stdout, stderr } = spawnSync(
      "systemd-analyze",
      ["verify", "--man=no", ...units.map((name) => join(place, name))],
      { encoding: "utf8" },
    );
    expect(`${stdout}${stderr}`).toBe("");
    expect(status).toBe(0);
  });

  // Older ones lack most of the sandbox (RestrictNamespaces came with 233): their units may have nothing newer.
  test.each(withSystemd.filter(({ systemd }) => systemd >= 239))("of $os are hardened", ({ os, systemd }) => {
    const place = installUnits(os, systemd);
    for (const unit of [
      "lvs_dr.service",
      "lvs_rs.service",
      "lvs_dr-reassert.service",
      "lvs_rs-reassert.service",
    ]) {
      const out = execFileSync("systemd-analyze", ["security", "--offline=true", join(place, unit)], {
        encoding: "utf8",
      });
      expect(Number(/exposure level for \S+: ([\d.]+)/.exec(out)?.[1]), unit).toBeLessThanOrEqual(4);
    }
  });

  test("have system calls only as a deny list", () => {
    for (const { path, text } of artifacts.filter(({ path }) => path.endsWith(".service"))) {
      const filters = text.split("\n").filter((line) => line.startsWith("SystemCallFilter="));
      for (const filter of filters) expect(filter, path).toMatch(/^SystemCallFilter=~/);
    }
  });

  test("have no directive that came after their systemd", () => {
    const unit = (os: string) => readFileSync(join(folder, os, "systemd/dr/lvs_dr.service"), "utf8");
    expect(unit("centos-7")).not.toMatch(
      /^(MemoryDenyWriteExecute|ReadWritePaths|ProtectClock|LockPersonality)=/m,
    );
    expect(unit("centos-7")).toMatch(/^ProtectSystem=full$/m);
    expect(unit("debian-12")).toMatch(/^ProtectSystem=strict$/m);
    expect(unit("debian-12")).toMatch(/^ProtectClock=yes$/m);
  });

  // systemd's NEWS: an older one says "unknown lvalue" of it, or drops the whole group from the filter.
  test.each([
    { line: /^SystemCallFilter=.*@(reboot|swap)\b/m, since: 233 },
    { line: /^RestrictNamespaces=/m, since: 233 },
    { line: /^RemoveIPC=/m, since: 236 },
    { line: /^ProtectHostname=/m, since: 242 },
  ])("have $line from systemd $since on", ({ line, since }) => {
    for (const { os, systemd } of withSystemd) {
      const text = readFileSync(join(folder, os, "systemd/dr/lvs_dr.service"), "utf8");
      expect({ os, has: line.test(text) }).toEqual({ os, has: systemd >= since });
      expect(text, os).toMatch(/^SystemCallFilter=.*(@reboot|\bkexec_load reboot swapon swapoff)\b/m);
    }
  });
});
