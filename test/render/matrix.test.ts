/**
 * Whatever the topology asks of whichever operating system is rendered, lint-clean in all three shells, or refused by
 * a rule that says why: every pair of values of the matrix, in as few topologies as that takes.
 */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { templates } from "#templates";
import { findShellcheck } from "../../src/lint/find-shellcheck.ts";
import { lintFiles, lintKind } from "../../src/lint/lint-files.ts";
import { shapeOf } from "../../src/lint/shape.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import type { Artifact } from "../../src/render/artifact.ts";
import { renderHost } from "../../src/render/render-host.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { repository } from "../helpers/lvsgen.ts";
import { dimensions, topologyOf } from "../helpers/matrix-topology.ts";
import { type Cover, coverPairs, keyOf, pairsIn, type Row } from "../helpers/pairwise.ts";
import { releaseTest } from "../helpers/release.ts";
import { makeFolder } from "../helpers/temporary.ts";

/** The codes that may refuse a pair, by its two dimensions; other pairs are never refused. */
const refusals: Readonly<Record<string, readonly string[]>> = {
  // The release does not have such an init system.
  "os init": ["LVS102"],
  // What kernels and ipvsadm lack: schedulers; tunnels at either end, or conntrack for masquerading; IPv6; SCTP.
  "os scheduler": ["LVS140"],
  "os way": ["LVS146", "LVS147", "LVS148"],
  "os family": ["LVS146"],
  "os protocol": ["LVS146"],
  // sip reads calls out of UDP.
  "persistence protocol": ["LVS191"],
};

/** Lower bounds, so that neither the matrix nor the gates quietly vanish; both are exact as of this writing. */
const known = { rendered: 1552, refused: 143 };

const folder = makeFolder();
let cover: Cover;
/** Rendered files by text: each with a name that tells its kind. */
const files = new Map<string, string>();

function check(topology: unknown) {
  return checkTopology(JSON.stringify(topology), "matrix.json");
}

function errorsOf(row: Row): string[] {
  const errors = check(topologyOf(row)).diagnostics.filter(({ severity }) => severity === "error");
  return [...new Set(errors.map(({ code }) => code))].sort();
}

function must(cluster: Cluster | null): Cluster {
  if (cluster === null) throw new Error("a topology of the matrix is invalid");
  return cluster;
}

/**
 * Equal for texts in which shellcheck finds the same, wherever that stands: of one shape but for how many lines of
 * data of a kind they have. What is between single quotes is a word to it, unless dollars or backquotes are in there.
 */
function kindOf(text: string): string {
  return shapeOf(text)
    .replace(/^([A-Z_]+)='\n[^'$`]*'$/gm, "$1=x")
    .replace(/^(.*\n)\1+/gm, "$1");
}

beforeAll(() => {
  cover = coverPairs(dimensions, errorsOf);
  const renderer = createRenderer(templates);
  const render = (cluster: Cluster): Artifact[] =>
    planCluster(cluster).flatMap((plan) => renderHost(plan, renderer));
  const everything = readFileSync(join(repository, "examples/everything/topology.json"), "utf8");
  const clusters = [
    ...cover.rows.map((row) => check(topologyOf(row)).cluster),
    checkTopology(everything, "everything.json").cluster,
  ];
  for (const [index, cluster] of clusters.entries()) {
    for (const { path, text } of render(must(cluster))) {
      if (files.has(text)) continue;
      const file = join(folder, `${index}-${path.replace("/", "-")}`);
      writeFileSync(file, text);
      files.set(text, file);
    }
  }
});

describe("every pair of values", () => {
  test("is rendered, or refused for a reason that the two have", () => {
    expect(cover.unexplained.map(keyOf)).toEqual([]);
    const unexpected = cover.refused.filter(({ pair, reasons }) => {
      const codes = refusals[pair.map(([name]) => name).join(" ")] ?? [];
      return !reasons.every((code) => codes.includes(code));
    });
    expect(unexpected.map(({ pair, reasons }) => `${keyOf(pair)}: ${reasons}`)).toEqual([]);
    // No three values refuse each other where any two of them go together.
    expect(cover.further).toEqual([]);
    // Every kind of refusal is one that happens.
    const happened = new Set(cover.refused.map(({ pair }) => pair.map(([name]) => name).join(" ")));
    expect([...happened].sort()).toEqual(Object.keys(refusals).sort());
  });

  test("that can be rendered is, and there are as many as there were", () => {
    const rendered = new Set(cover.rows.flatMap((row) => pairsIn(row).map(keyOf)));
    expect(cover.covered.map(keyOf).filter((key) => !rendered.has(key))).toEqual([]);
    expect(rendered.size).toBe(cover.covered.length);
    expect(rendered.size).toBeGreaterThanOrEqual(known.rendered);
    expect(cover.refused.length).toBeGreaterThanOrEqual(known.refused);
    const all = Object.values(dimensions).map((values) => values.length);
    const total = all.flatMap((size, at) => all.slice(at + 1).map((other) => size * other));
    expect(cover.covered.length + cover.refused.length).toBe(total.reduce((sum, each) => sum + each));
  });

  test("is of values that are each rendered with others", () => {
    const rendered = new Set(cover.rows.flatMap((row) => Object.entries(row).map((cell) => cell.join(" "))));
    const values = Object.entries(dimensions).flatMap(([name, each]) =>
      each.map((value) => `${name} ${value}`),
    );
    expect(values.filter((value) => !rendered.has(value))).toEqual([]);
  });
});

describe("every script of the matrix and of examples/everything", () => {
  const scripts = () => [...files.values()].filter((file) => lintKind(file) === "script");

  test.each([
    ["dash", "-n"],
    ["bash", "-n"],
    ["bash", "--posix -n"],
    ["busybox ash", "-n"],
  ])("parses in %s %s", (shell, options) => {
    // One process walks over all of them: it is the shells' own start that costs.
    const walk = `for file; do ${shell} ${options} "$file" || echo "$file"; done`;
    const { stdout, stderr, status } = spawnSync("sh", ["-c", walk, "sh", ...scripts()], {
      encoding: "utf8",
    });
    expect(`${stderr}${stdout}`).toBe("");
    expect(status).toBe(0);
  });

  // CI lints one of each operating system (artifacts.test.ts).
  releaseTest(
    "and every unit has no finding of lvsgen lint",
    async () => {
      const shellcheck = findShellcheck({ environment: process.env, allowNpx: false });
      if (shellcheck === null) throw new Error("shellcheck is not installed");
      const names = [...files.values()].filter((file) => lintKind(file) !== null);
      const kinds = new Set(names.map((file) => /[^-]*$/.exec(file)?.[0]));
      expect([...kinds].sort()).toEqual([
        ...["lvs_dr.init", "lvs_dr.service", "lvs_dr.sh", "lvs_rs.init", "lvs_rs.service", "lvs_rs.sh"],
        ...["reassert.service", "reassert.timer", "setup.sh"],
      ]);
      const ofEachKind = new Map([...files].map(([text, file]) => [kindOf(text), file]));
      expect(ofEachKind.size).toBeGreaterThan(60);
      expect(await lintFiles([...ofEachKind.values()], shellcheck)).toEqual([]);
      // Some forty long scripts, beside whatever else this machine does.
    },
    300_000,
  );

  test("is formatted as shfmt has it", () => {
    const { stdout, stderr, status } = spawnSync("shfmt", ["-d", "-i", "2", "-ci", ...scripts()], {
      encoding: "utf8",
    });
    expect(`${stderr}${stdout}`).toBe("");
    expect(status).toBe(0);
  });
});
