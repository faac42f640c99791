/** The scenario `reboot`: each host set up on a booted system of its own, rebooted, and powered off. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { inParallel } from "../../base/in-parallel.ts";
import { type HostPlan, planCluster } from "../../plan/host-plan.ts";
import { birdOf } from "../../platforms/bird.ts";
import type { Cluster } from "../../topology/model.ts";
import { LabBroken } from "../backends/backend.ts";
import { treeObstacle } from "../backends/qemu/boot-system.ts";
import { umlObstacle } from "../backends/uml-kernel.ts";
import type { LabEvent } from "../events.ts";
import { findTree, type TreeSource } from "./find-tree.ts";
import { initOf } from "./init-systems.ts";
import { runMachine, type SystemBackend } from "./machine.ts";
import { makeTree } from "./make-tree.ts";
import { phasesOf } from "./phases.ts";
import { verdict } from "./verdict.ts";

export interface RebootOptions {
  /** Null: a tree's own kernel where QEMU can boot it, otherwise User-Mode Linux. */
  readonly backend: string | null;
  /** Hosts to boot; null: all that have a role. */
  readonly hosts: readonly string[] | null;
  /** Ready trees; the others are made. */
  readonly trees: readonly string[];
  readonly onEvent: (event: LabEvent) => void;
  readonly signal: AbortSignal;
  /** Seconds for each host's boots. */
  readonly timeout: number;
  /** Machines at once. */
  readonly kernels: number;
}

/** Of a director that announces. */
function birdPackage({ host, roles }: HostPlan): string[] {
  const announces = roles.some(({ resources }) => resources.some(({ kind }) => kind === "bird"));
  const bird = announces ? birdOf(host.platform) : null;
  return bird === null ? [] : [bird.package];
}

interface Candidate {
  readonly plan: HostPlan;
  readonly files: string;
  readonly source: Exclude<TreeSource, { readonly obstacle: string }>;
  readonly backend: SystemBackend;
}

/**
 * @returns what booted the hosts
 * @param folder holds `<host>/setup.sh` and what it installs
 * @throws LabBroken where a host cannot be booted here: all of them are named before any is tried
 */
export async function proveReboot(
  cluster: Cluster,
  folder: string,
  options: RebootOptions,
): Promise<SystemBackend[]> {
  const start = Date.now();
  const candidates = chooseHosts(cluster, folder, options);
  const say = (text: string): void => options.onEvent({ type: "progress", scenario: "reboot", text });
  options.onEvent({ type: "scenario", scenario: "reboot", state: "begin", milliseconds: 0, shares: 1 });
  const folders = await makeTrees(candidates, options.signal, say);
  let started = false;
  await untilOneFails(candidates, options.kernels, options.signal, async (candidate, signal, place) => {
    const { host } = candidate.plan;
    const tree = folders.get(candidate) ?? "";
    const init = initOf(tree);
    say(`${host.name}: ${host.platform.title} with ${init.title}`);
    const result = await runMachine({
      timeout: options.timeout,
      signal,
      place,
      host,
      tree,
      backend: candidate.backend,
      files: candidate.files,
      phases: phasesOf(candidate.plan, init),
    });
    const kernel = result.reports.get("kernel")?.trim() ?? "";
    if (!started) {
      started = true;
      options.onEvent({
        type: "started",
        kernel,
        hosts: candidates.length,
        milliseconds: Date.now() - start,
      });
    }
    for (const check of verdict(candidate.plan, result)) options.onEvent(check);
  });
  options.onEvent({
    type: "scenario",
    scenario: "reboot",
    state: "end",
    milliseconds: Date.now() - start,
    shares: 1,
  });
  return [...new Set(candidates.map(({ backend }) => backend))];
}

function chooseHosts(cluster: Cluster, folder: string, options: RebootOptions): Candidate[] {
  const plans = planCluster(cluster).filter(
    ({ host, roles }) => roles.length > 0 && (options.hosts?.includes(host.name) ?? true),
  );
  if (plans.length === 0) throw new LabBroken("reboot: none of these hosts has a role in the cluster");
  const obstacles: string[] = [];
  const candidates = plans.flatMap((plan): Candidate[] => {
    const files = join(folder, plan.host.name);
    const source = findTree(plan.host, options.trees, birdPackage(plan));
    if ("obstacle" in source) obstacles.push(`${plan.host.name}: ${source.obstacle}`);
    else if (!existsSync(join(files, "setup.sh")))
      obstacles.push(`${plan.host.name}: ${files} has no setup.sh`);
    else {
      const backend = backendOf(source, options.backend);
      if (backend === "qemu" || backend === "uml") return [{ plan, files, source, backend }];
      obstacles.push(`${plan.host.name}: ${backend.obstacle}`);
    }
    return [];
  });
  if (obstacles.length > 0) throw new LabBroken(`reboot cannot be proven here\n  ${obstacles.join("\n  ")}`);
  return candidates;
}

/** What boots a tree; why nothing can. */
function backendOf(
  source: Candidate["source"],
  wanted: string | null,
): SystemBackend | { readonly obstacle: string } {
  const byItself = "folder" in source ? treeObstacle(source.folder) : NO_KERNEL;
  if (wanted !== "uml" && byItself === null) return "qemu";
  if (wanted === "qemu") return { obstacle: `${byItself}, or leave --backend out` };
  const obstacle = umlObstacle();
  if (obstacle === null) return "uml";
  return {
    obstacle: `reboot boots User-Mode Linux, or in QEMU a tree with a kernel of its own (--tree); ${obstacle}${byItself === null ? "" : `; ${byItself}`}`,
  };
}

/** Trees that the lab makes. */
const NO_KERNEL = "QEMU boots a tree that has a kernel with modules: give one with --tree";

/** One after the other: a mirror is slower than a processor. */
async function makeTrees(
  candidates: readonly Candidate[],
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<Map<Candidate, string>> {
  const folders = new Map<Candidate, string>();
  for (const candidate of candidates) {
    const { source } = candidate;
    if ("kind" in source) say(`making a tree of ${source.kind.name}, once; it takes a minute`);
    folders.set(candidate, "kind" in source ? await makeTree(source.kind, signal) : source.folder);
  }
  return folders;
}

/** The first failure ends the others; it is thrown when they have cleaned up. */
async function untilOneFails<T>(
  items: readonly T[],
  most: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal, place: number) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const guarded = (item: T, place: number): Promise<void> =>
    work(item, either, place).catch((error: unknown) => failure.abort(error));
  await inParallel(items, most, guarded, () => !failure.signal.aborted);
  if (failure.signal.aborted) throw failure.signal.reason;
}
