/** Runs one of the tests' own scenarios over a topology written in the test. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { templates } from "#templates";
import { labSpec } from "../../../src/lab/build-spec.ts";
import type { CheckEvent } from "../../../src/lab/events.ts";
import { runLab } from "../../../src/lab/run-lab.ts";
import type { Interpreter } from "../../../src/lab/spec.ts";
import { renderCluster } from "../../../src/render/render-cluster.ts";
import { checkTopology } from "../../../src/rules/check-topology.ts";
import { testBackend } from "../run.ts";

export function clusterOf(topology: object) {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

/** Renders a topology into a folder, and returns the folder. */
export function renderTo(folder: string, topology: object): string {
  for (const { path, text, mode } of renderCluster(clusterOf(topology), templates)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode });
  }
  return folder;
}

interface OwnRun {
  readonly scenario: string;
  readonly topology: object;
  /** A folder for what the run needs. */
  readonly work: string;
  readonly interpreter?: Interpreter;
  /** What else the scenario reads from its spec. */
  readonly extra?: object;
  /** How long it may take; 400 seconds unless given. */
  readonly seconds?: number;
}

export async function runOwn({
  scenario,
  topology,
  work,
  interpreter,
  extra,
  seconds = 400,
}: OwnRun): Promise<CheckEvent[]> {
  const scripts = renderTo(join(work, "scripts"), topology);
  const options = { interpreter: interpreter ?? null, injections: [], shell: null };
  const spec = { ...labSpec(clusterOf(topology), scripts, options), ...extra };
  const guest = join(work, "guest.mjs");
  buildSync({
    entryPoints: [join(import.meta.dirname, "guest.ts")],
    outfile: guest,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  const checks: CheckEvent[] = [];
  await runLab(spec, {
    backend: testBackend(),
    scenarios: [scenario],
    guest,
    timeout: seconds,
    kernels: 1,
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.type === "check") checks.push(event);
      if (event.type === "error") throw new Error(event.message);
    },
  });
  return checks;
}
