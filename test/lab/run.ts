/** Runs a lab in a test and returns its checks. */

import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { labSpec } from "../../src/lab/build-spec.ts";
import type { CheckEvent, LabEvent } from "../../src/lab/events.ts";
import { runLab } from "../../src/lab/run-lab.ts";
import type { Interpreter } from "../../src/lab/spec.ts";
import type { Cluster } from "../../src/topology/model.ts";

let bundled = "";

/** The in-kernel runner, bundled from the sources under test. */
export function guestBundle(): string {
  if (bundled !== "" && existsSync(bundled)) return bundled;
  bundled = join(mkdtempSync(join(tmpdir(), "lvsgen-test-")), "lab-guest.mjs");
  buildSync({
    entryPoints: [join(import.meta.dirname, "../../src/lab/guest.ts")],
    outfile: bundled,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  return bundled;
}

export interface LabRunOptions {
  readonly interpreter?: Interpreter;
  readonly kernels?: number;
  readonly thorough?: boolean;
  readonly onEvent?: (event: LabEvent) => void;
}

export async function labChecks(
  cluster: Cluster,
  scripts: string,
  scenarios: readonly string[],
  options: LabRunOptions = {},
): Promise<CheckEvent[]> {
  const spec = labSpec(cluster, scripts, {
    interpreter: options.interpreter ?? null,
    thorough: options.thorough ?? false,
    injections: [],
    shell: null,
  });
  const checks: CheckEvent[] = [];
  await runLab(spec, {
    backend: null,
    scenarios,
    guest: guestBundle(),
    timeout: 300,
    kernels: options.kernels ?? 1,
    signal: new AbortController().signal,
    onEvent: (event) => {
      options.onEvent?.(event);
      if (event.type === "check") checks.push(event);
    },
  });
  return checks;
}
