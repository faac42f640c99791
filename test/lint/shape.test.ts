/** Scripts of one shape are linted once: that finds what linting each of them finds. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { findShellcheck, type ShellcheckCommand } from "../../src/lint/find-shellcheck.ts";
import { lintFiles } from "../../src/lint/lint-files.ts";
import { runShellcheck } from "../../src/lint/run-shellcheck.ts";
import { shapeOf } from "../../src/lint/shape.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { beforeRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const servers = [1, 2, 3, 4, 5, 6];
const topology = {
  version: 1,
  name: "shapes",
  defaults: { os: "debian-12" },
  hosts: Object.fromEntries([
    ["dr", { interfaces: { eth0: "10.0.0.254/24" } }],
    ...servers.map((n) => [`rs${n}`, { interfaces: { [n % 2 ? "eth0" : "eth0.100"]: `10.0.0.${n}/24` } }]),
  ]),
  directors: { hosts: ["dr"] },
  virtualServices: [
    {
      name: "web",
      vip: "10.0.0.200",
      port: 80,
      scheduler: "wrr",
      realServers: servers.map((n) => ({ host: `rs${n}`, weight: n })),
    },
  ],
};

/** Faults by name: what is changed in every script. */
const faults: Readonly<Record<string, (text: string, index: number) => string>> = {
  none: (text) => text,
  "an unquoted variable in the machinery": (text) => text.replace('shift\n  say "$*"', "shift\n  say $*"),
  "a constant that is not used": (text) => text.replace(/^PROGRAM=/m, "UNUSED=1\nPROGRAM="),
  "one host's constant with a glob": (text, index) =>
    index === 2 ? text.replace(/^HOST=.*$/m, "HOST=a*b $x") : text,
  "one host's resource unquoted": (text, index) =>
    index === 1 ? text.replace(/^ {2}"\$1"_address .*$/m, '  "$1"_address $VIP lo') : text,
  "a backquote in a comment that is none": (text, index) =>
    index === 0 ? text.replace(/^set -euf$/m, "set -euf `id`") : text,
};

function renderedScripts(folder: string, change: (text: string, index: number) => string): string[] {
  const { cluster } = checkTopology(JSON.stringify(topology), "shapes.json");
  if (cluster === null) throw new Error("the topology is invalid");
  const scripts = renderCluster(cluster, templates).filter(({ path }) => path.endsWith("/lvs_rs.sh"));
  return scripts.map(({ path, text }, index) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, change(text, index));
    return file;
  });
}

function shellcheck(): ShellcheckCommand {
  const found = findShellcheck({ environment: process.env, allowNpx: false });
  if (found === null) throw new Error("shellcheck is not installed");
  return found;
}

describe("linting one script of each shape", () => {
  const chosen = beforeRelease(Object.keys(faults), ["none", "one host's constant with a glob"]);

  test.each(chosen)("finds the same as linting all: %s", async (name) => {
    const files = renderedScripts(temporaryFolder(), faults[name] ?? ((text) => text));
    const slow = await runShellcheck(shellcheck(), files);
    const fast = await lintFiles(files, shellcheck());
    const keys = (findings: typeof slow) =>
      findings.map(({ file, line, code }) => `${file}:${line} ${code}`).sort();
    expect(keys(fast)).toEqual(keys(slow));
    expect(slow.length > 0).toBe(name !== "none");
  });

  test("hosts of one kind share a shape, and a text of somebody else is its own", () => {
    const { cluster } = checkTopology(JSON.stringify(topology), "shapes.json");
    if (cluster === null) throw new Error("the topology is invalid");
    const texts = renderCluster(cluster, templates).filter(({ path }) => path.endsWith("/lvs_rs.sh"));
    expect(new Set(texts.map(({ text }) => shapeOf(text))).size).toBe(1);
    expect(shapeOf("#!/bin/sh\n# mine\nA=b\n")).toBe("#!/bin/sh\n# mine\nA=b\n");
  });
});
