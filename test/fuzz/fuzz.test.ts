/** A seeded part of `npm run fuzz`, and proof that its checks see what they are for. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { planCluster } from "../../src/plan/host-plan.ts";
import { renderHost } from "../../src/render/render-host.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";
import { timesBeforeRelease } from "../helpers/release.ts";
import { checkCase } from "./check-case.ts";
import { checkScripts } from "./check-scripts.ts";
import { intendedValues } from "./intended.ts";
import { runCases } from "./run-cases.ts";
import { compareInShells, headOf } from "./sandbox.ts";
import { coverParts } from "./scripts.ts";

/** Those with the most kinds of lines; the matrix lints every kind that pairs of settings make. */
const linted = 4;

/** Two thousand before a release. */
const tried = timesBeforeRelease(2000, 500);

test("topologies that nobody wrote: refused with place and remedy, or rendered as they say", async () => {
  const { cases, accepted, codes, sourced, samples, faults } = runCases({
    seed: 9,
    from: 0,
    to: tried,
    step: 1,
  });
  const scripts = coverParts(samples);
  expect([...faults, ...(await checkScripts(scripts, linted))]).toEqual([]);
  // Neither all refused nor all accepted, or it tries nothing.
  expect(cases).toBe(tried);
  expect(accepted).toBeGreaterThan(tried / 4);
  expect(cases - accepted).toBeGreaterThan(tried / 4);
  expect(new Set(codes).size).toBeGreaterThan(90);
  expect(sourced).toBeGreaterThan(tried / 2);
  expect(scripts.length).toBeGreaterThan(40);
}, 600_000);

const text = readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8");

function director() {
  const { cluster } = checkTopology(text, "pi-lab.json");
  const [plan] = cluster === null ? [] : planCluster(cluster);
  const [role] = plan?.roles ?? [];
  if (plan === undefined || role === undefined) throw new Error("the example has no director");
  const artifacts = renderHost(plan, createRenderer(templates));
  const script = artifacts.find(({ path }) => path === "pi1/lvs_dr.sh")?.text ?? "";
  return { head: headOf(script), intended: intendedValues(plan, role, artifacts) };
}

describe("what a script sets", () => {
  test("is what its plan says", () => {
    expect(compareInShells([{ name: "pi1", ...director() }])).toEqual([]);
  });

  test.each([
    [
      "another value",
      (head: string) => head.replace("-w 1 # pi2", "-w 2 # pi2"),
      /weight=2.*instead of.*weight=1/,
    ],
    [
      "a word that is split",
      (head: string) => head.replace("eth0 announce", "'eth0 announce'"),
      /eth0 announce/,
    ],
    [
      "a missing call",
      (head: string) => head.replace(/^ {2}"\$1"_services\n/m, ""),
      /instead of \["call","services"\]/,
    ],
    [
      "a call in another place",
      (head: string) => head.replace(/( {2}"\$1"_module ip_vs\n)(.*\n)/, "$2$1"),
      /ip_vs_rr/,
    ],
    ["a command that is run", (head: string) => head.replace("HOST=pi1", "HOST=pi1$(id)"), /id: .*not found/],
    ["a file that is written", (head: string) => head.replace("HOST=pi1", "HOST=pi1 >left"), /wrote left/],
    [
      "a quote that does not end",
      (head: string) => head.replace("CLUSTER=pi-lab", "CLUSTER=pi-lab'"),
      /exit|failed|sets/,
    ],
    ["an unset variable", (head: string) => head.replace("CLUSTER=pi-lab", "CLUSTER=$lab"), /lab: /],
  ])("differs by %s, which is seen in every shell", (_, change, says) => {
    const { head, intended } = director();
    const broken = change(head);
    expect(broken).not.toBe(head);
    const faults = compareInShells([{ name: "pi1", head: broken, intended }]);
    expect(faults.join("\n")).toMatch(says);
  });
});

test("a script that does not parse, and one that shellcheck finds something in, are named", async () => {
  const script = (body: string) => `#!/bin/sh\n${body}\n`;
  const faults = await checkScripts([
    { name: "--case 1 a/good.sh", text: script("echo") },
    { name: "--case 2 a/open.sh", text: script("if true; then") },
    { name: "--case 3 a/loose.sh", text: script("set -- a\necho $1") },
  ]);
  expect(faults.filter((fault) => fault.includes("good.sh"))).toEqual([]);
  for (const shell of ["dash", "bash", "busybox"]) {
    expect(faults).toContain(`${shell} cannot parse --case 2 a/open.sh`);
  }
  expect(faults.join("\n")).toMatch(/--case 3 a\/loose\.sh:3 SC2086/);
});

test("a case that changes what all objects share is a fault", () => {
  const shared = Object.prototype as Record<string, unknown>;
  shared.polluted = true;
  try {
    expect(checkCase({ name: "a.json", text }).faults).toEqual([
      "a prototype or the global object was changed",
    ]);
  } finally {
    delete shared.polluted;
  }
  expect(checkCase({ name: "a.json", text }).faults).toEqual([]);
});
