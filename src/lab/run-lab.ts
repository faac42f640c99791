/** Runs a lab: picks a backend, shares the work among kernels, gathers the events. */

import {
  ANY_KERNEL,
  type Backend,
  type KernelChoice,
  LabBroken,
  NoKernel,
  type RunOptions,
} from "./backends/backend.ts";
import { netns } from "./backends/netns.ts";
import { qemu } from "./backends/qemu/qemu.ts";
import { uml } from "./backends/uml.ts";
import { divideWork } from "./divide-work.ts";
import type { LabEvent } from "./events.ts";
import type { ClusterSpec, LabSpec } from "./spec.ts";

export const BACKENDS: readonly Backend[] = [netns, qemu, uml];

export type BackendName = Backend["name"];

export interface RunLabOptions {
  /** null chooses. */
  readonly backend: BackendName | null;
  /** Left out: any. */
  readonly kernel?: KernelChoice;
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
 * @returns the backends that ran them
 * @throws LabBroken when the lab itself could not do its work
 */
export async function runLab(spec: ClusterSpec, options: RunLabOptions): Promise<BackendName[]> {
  const kernel = options.kernel ?? ANY_KERNEL;
  const { candidates, notes } = chooseBackends(options.backend, kernel, spec);
  for (const text of notes) options.onEvent({ type: "note", text });
  const interactive = spec.shell !== null;
  const keep = options.keep ?? false;
  const shares = divideWork(options.scenarios, interactive || keep ? 1 : options.kernels);
  const names = await Promise.all(
    shares.map((tasks, place) =>
      runShare(
        candidates,
        { ...spec, tasks, thorough: options.thorough ?? false, door: null, placeholders: [] },
        { ...options, kernel, interactive, keep, place },
      ),
    ),
  );
  return [...new Set(names)];
}

/** A kernel that does not come up is followed by the next backend's, if there is one. */
export async function runShare(
  [backend, ...others]: readonly [Backend, ...Backend[]],
  spec: LabSpec,
  options: RunOptions,
): Promise<BackendName> {
  try {
    await backend.run(spec, options);
    return backend.name;
  } catch (error) {
    if (!(error instanceof NoKernel)) throw error;
    const [next, ...rest] = [...others, ...(error.slower === null ? [] : [error.slower])];
    if (next === undefined) throw error;
    const [reason = ""] = error.message.split("\n");
    const follower = next === error.slower ? `${next.name} without KVM` : next.name;
    options.onEvent({ type: "note", text: `${backend.name}: ${reason}: ${follower} goes on` });
    return runShare([next, ...rest], spec, options);
  }
}

interface Choice {
  /** The best first. */
  readonly candidates: readonly [Backend, ...Backend[]];
  /** What people should know of the choice. */
  readonly notes: readonly string[];
}

/** @throws LabBroken naming what is missing and how to get it */
export function chooseBackends(
  wanted: BackendName | null,
  kernel: KernelChoice,
  spec: Pick<ClusterSpec, "services" | "engine" | "hosts">,
): Choice {
  const allowed = BACKENDS.filter((backend) => wanted === null || backend.name === wanted);
  const obstacles = allowed.map((backend) => ({ backend, obstacle: backend.obstacle(spec, kernel) }));
  const usable = obstacles.flatMap(({ backend, obstacle }) => (obstacle === null ? [backend] : []));
  const own = usable.find(({ standing }) => standing === null);
  if (own?.provesAll?.(spec)) return { candidates: [own], notes: [] };
  const standings = usable.flatMap((backend) =>
    backend.standing ? [{ backend, ...backend.standing(kernel) }] : [],
  );
  const [best, ...others] = standings.sort((one, other) => one.cost - other.cost);
  // A verdict that leaves promises open is better than none.
  if (best === undefined && own !== undefined) return { candidates: [own], notes: [] };
  if (best === undefined) {
    const lines = obstacles.map(({ backend, obstacle }) => `${backend.name}: ${obstacle}`);
    throw new LabBroken(`no kernel to run the lab in\n  ${lines.join("\n  ")}`);
  }
  const notes = standings.flatMap(({ note }) =>
    note === null ? [] : [`${note}: the lab runs in ${best.backend.name}`],
  );
  return { candidates: [best.backend, ...others.map(({ backend }) => backend)], notes };
}
