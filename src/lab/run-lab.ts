/** Runs a lab: picks a backend, shares the work among kernels, gathers the events. */

import type { Backend } from "./backends/backend.ts";
import { LabBroken } from "./backends/backend.ts";
import { netns } from "./backends/netns.ts";
import { uml } from "./backends/uml.ts";
import { divideWork } from "./divide-work.ts";
import type { LabEvent } from "./events.ts";
import type { ClusterSpec } from "./spec.ts";

/** In order of preference: the machine's own kernel is faster. */
const BACKENDS: readonly Backend[] = [netns, uml];

export type BackendName = Backend["name"];

export interface RunLabOptions {
  /** null chooses. */
  readonly backend: BackendName | null;
  readonly scenarios: readonly string[];
  /** crash: injects every fault, also where it leaves a state that another one left before. */
  readonly thorough?: boolean;
  /** The bundled runner, dist/lab-guest.js. */
  readonly guest: string;
  readonly onEvent: (event: LabEvent) => void;
  readonly signal: AbortSignal;
  /** Seconds for each kernel's work. */
  readonly timeout: number;
  /** Kernels at once; UML gives each one processor. */
  readonly kernels: number;
  /** The lab stays after the checks, until the signal. */
  readonly keep?: boolean;
}

/**
 * Runs scenarios in one kernel or several.
 *
 * @throws LabBroken when the lab itself could not do its work
 */
export async function runLab(spec: ClusterSpec, options: RunLabOptions): Promise<void> {
  const backend = chooseBackend(options.backend, spec);
  const interactive = spec.shell !== null;
  const keep = options.keep ?? false;
  const shares = divideWork(options.scenarios, interactive || keep ? 1 : options.kernels);
  await Promise.all(
    shares.map((tasks, place) =>
      backend.run(
        { ...spec, tasks, thorough: options.thorough ?? false, door: null, placeholders: [] },
        { ...options, interactive, keep, place },
      ),
    ),
  );
}

/** @throws LabBroken naming what is missing and how to get it */
export function chooseBackend(
  wanted: BackendName | null,
  spec: Pick<ClusterSpec, "services" | "engine" | "hosts">,
): Backend {
  const candidates = BACKENDS.filter((backend) => wanted === null || backend.name === wanted);
  const obstacles: string[] = [];
  const partial: Backend[] = [];
  for (const backend of candidates) {
    const obstacle = backend.obstacle(spec);
    if (obstacle !== null) obstacles.push(`${backend.name}: ${obstacle}`);
    else if (backend.provesAll?.(spec) ?? true) return backend;
    else partial.push(backend);
  }
  const [fallback] = partial;
  if (fallback !== undefined) return fallback;
  throw new LabBroken(`no kernel to run the lab in\n  ${obstacles.join("\n  ")}`);
}
