/** Changing a topology and applying it again: the difference, and nothing else, in a real kernel. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { labSpec } from "../../src/lab/build-spec.ts";
import type { CheckEvent } from "../../src/lab/events.ts";
import { runLab } from "../../src/lab/run-lab.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/topology/check-topology.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { steps, topologyOf } from "./changes/steps.ts";

function clusterOf(topology: object) {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

function renderTo(folder: string, topology: object): string {
  for (const { path, text, mode } of renderCluster(clusterOf(topology), templates)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode });
  }
  return folder;
}

test("a changed topology changes the difference only, and a moved VIP is followed", async () => {
  const work = temporaryFolder();
  const folders = Object.fromEntries(
    steps.map((step, index) => [step.name, renderTo(join(work, `step-${index}`), topologyOf(step, "dr1"))]),
  );
  const last = steps.at(-1);
  if (!last) throw new Error("no steps");
  folders["director moved"] = renderTo(join(work, "moved"), topologyOf(last, "dr2"));
  const everything = { vip: "10.9.0.200", servers: { rs1: 1, rs2: 1, rs3: 1 } };
  const all = topologyOf(everything, "dr1");
  const spec = labSpec(clusterOf(all), renderTo(join(work, "all"), all), {
    interpreter: null,
    injections: [],
    shell: null,
  });
  const guest = join(work, "guest.mjs");
  buildSync({
    entryPoints: [join(import.meta.dirname, "changes/guest.ts")],
    outfile: guest,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  const checks: CheckEvent[] = [];
  await runLab({ ...spec, changes: { folders } } as never, {
    backend: null,
    scenarios: ["changes"],
    guest,
    timeout: 240,
    kernels: 1,
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.type === "check") checks.push(event);
    },
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.length).toBeGreaterThan(30);
}, 300_000);
