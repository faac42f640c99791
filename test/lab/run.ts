/** Runs a lab in a test and returns its checks. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { CheckEvent, LabEvent } from "../../src/lab/events.ts";
import { proveCluster } from "../../src/lab/prove.ts";
import type { BackendName } from "../../src/lab/run-lab.ts";
import type { ALL_SCENARIOS } from "../../src/lab/scenarios/names.ts";
import type { Injection, Interpreter } from "../../src/lab/spec.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

let bundled = "";

/** The in-kernel runner, bundled from the sources under test. */
export function guestBundle(): string {
  if (bundled !== "" && existsSync(bundled)) return bundled;
  bundled = join(temporaryFolder(), "lab-guest.mjs");
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

/** What labs of tests run in; null: what is chosen by itself. The release tier has some twice. */
export function testBackend(): BackendName | null {
  return (process.env.LVSGEN_TEST_BACKEND ?? null) as BackendName | null;
}

export interface LabRunOptions {
  readonly backend?: BackendName;
  readonly interpreter?: Interpreter;
  readonly kernels?: number;
  readonly thorough?: boolean;
  /** Seconds for each kernel. */
  readonly timeout?: number;
  readonly injections?: readonly Injection[];
  /** reboot: the hosts to boot. */
  readonly hosts?: readonly string[];
  readonly onEvent?: (event: LabEvent) => void;
}

export async function labChecks(
  cluster: Cluster,
  scripts: string,
  scenarios: readonly (typeof ALL_SCENARIOS)[number][] | null,
  options: LabRunOptions = {},
): Promise<readonly CheckEvent[]> {
  const report = await proveCluster(cluster, scripts, {
    backend: options.backend ?? testBackend(),
    interpreter: options.interpreter ?? null,
    thorough: options.thorough ?? false,
    injections: options.injections ?? [],
    shell: null,
    hosts: options.hosts ?? null,
    scenarios,
    guest: guestBundle(),
    timeout: options.timeout ?? 800,
    kernels: options.kernels ?? 1,
    signal: new AbortController().signal,
    onEvent: options.onEvent ?? (() => {}),
  });
  return report.checks;
}
