/** The cluster as scenarios see it. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { LabEvent } from "../events.ts";
import type { LabMoving, LabService, LabSpec } from "../spec.ts";
import { Agent, type ExecResult, PROCESSES } from "./agent.ts";
import type { Channel } from "./channel.ts";
import { Fabric } from "./fabric.ts";
import { Machine, ScriptRun } from "./machine.ts";
import { REAL_ROOT } from "./namespace.ts";
import { compareSnapshots, type Snapshot } from "./snapshot.ts";
import { linkPrograms } from "./toolbox.ts";
import { isUserNamespace, requireModules } from "./user-namespace.ts";
import { TimedOut } from "./wait.ts";

export type Emit = (event: LabEvent) => void;

/** Waits for what goes on in a cluster after its scripts have ended. */
export type Settle = (lab: Lab) => Promise<void>;

export class Lab {
  readonly spec: LabSpec;
  readonly machines: ReadonlyMap<string, Machine>;
  /** Real servers' scripts first: the order in which a cluster is brought up. */
  readonly scripts: readonly ScriptRun[];
  readonly work: string;
  readonly #emit: Emit;
  readonly #fabric: Agent;
  readonly #settle: Settle;
  #scenario = "";

  private constructor(
    spec: LabSpec,
    machines: Map<string, Machine>,
    work: string,
    fabric: Agent,
    emit: Emit,
    settle: Settle,
  ) {
    this.spec = spec;
    this.machines = machines;
    this.work = work;
    this.#fabric = fabric;
    this.#settle = settle;
    this.#emit = emit;
    const scripts = [...machines.values()].flatMap((machine) =>
      machine.host.scripts.map((script) => new ScriptRun(machine, script)),
    );
    this.scripts = scripts.sort(
      (one, other) => Number(one.script.role !== "real-server") - Number(other.script.role !== "real-server"),
    );
  }

  /** Builds every namespace. The caller's own network namespace must be an empty one. */
  static async build(spec: LabSpec, work: string, emit: Emit, settle: Settle): Promise<Lab> {
    mkdirSync(work, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", "mode=755,size=192m", "tmpfs", work]);
    keepRealPrograms(work);
    keepProcesses(work);
    if (isUserNamespace()) requireModules(spec);
    else loadModules(spec.modules);
    const fabricAgent = await Agent.start("fabric", work, []);
    const fabric = new Fabric(fabricAgent, work);
    await fabric.build(spec);
    const programs = linkPrograms(join(work, "programs"), join(work, REAL_ROOT));
    const machines = new Map(
      spec.hosts.map((host) => [host.name, new Machine(host, programs, spec.placeholders, fabric, work)]),
    );
    for (const machine of machines.values()) await machine.build();
    return new Lab(spec, machines, work, fabricAgent, emit, settle);
  }

  /** Name of the scenario whose checks follow. */
  begin(scenario: string): void {
    this.#scenario = scenario;
  }

  check(host: string, name: string, ok: boolean, figure: string, detail = ""): boolean {
    this.#emit({ type: "check", scenario: this.#scenario, host, name, ok, figure, detail: ok ? "" : detail });
    return ok;
  }

  /** Says that something is not tried, and why. */
  omit(host: string, name: string, reason: string): void {
    this.#emit({ type: "not-tried", scenario: this.#scenario, host, name, reason });
  }

  /** Something that people should know of the run. */
  note(text: string): void {
    this.#emit({ type: "note", text });
  }

  progress(text: string): void {
    this.#emit({ type: "progress", scenario: this.#scenario, text });
  }

  machine(name: string): Machine {
    const machine = this.machines.get(name);
    if (!machine) throw new Error(`no host ${name} in the lab`);
    return machine;
  }

  get managed(): Machine[] {
    return [...this.machines.values()].filter((machine) => machine.host.scripts.length > 0);
  }

  /** One script of each role: hosts of a role differ by names only. */
  get oneOfEachRole(): ScriptRun[] {
    return this.scripts.filter(
      (run, index, all) => all.findIndex((other) => other.script.role === run.script.role) === index,
    );
  }

  /** Scripts that start keepalived on hosts which may have an address. */
  carriersOf({ members }: LabMoving): ScriptRun[] {
    return this.scripts.filter(
      ({ script, machine }) => script.startsKeepalived && members.some(({ host }) => host === machine.name),
    );
  }

  get directors(): ScriptRun[] {
    return this.scripts.filter((run) => run.script.role === "director");
  }

  clientOf(service: Pick<LabService, "client">): Machine {
    return this.machine(service.client);
  }

  /** A client's traffic child, with everybody there to answer it. */
  async traffic(client: Machine): Promise<Channel> {
    await this.answerers();
    return client.traffic();
  }

  /** Starts whoever answers requests. */
  async answerers(): Promise<void> {
    const servers = [...this.machines.values()].filter((machine) => machine.host.ports.length > 0);
    await Promise.all(servers.map((machine) => machine.traffic()));
  }

  /** Starts everything, real servers first; the results of scripts that failed. */
  async startAll(): Promise<Failure[]> {
    const failures: Failure[] = [];
    for (const run of this.scripts) {
      const result = await run.run("start");
      if (result.code !== 0) failures.push({ label: run.label, result });
    }
    if (failures.length === 0) await this.settle();
    return failures;
  }

  /** Starts everything for somebody who wants to look around: all the more where it does not come up. */
  async startToLook(): Promise<void> {
    try {
      await this.startAll();
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
    }
  }

  settle(): Promise<void> {
    return this.#settle(this);
  }

  /** Stops everything in the reverse order. */
  async stopAll(): Promise<Failure[]> {
    const failures: Failure[] = [];
    for (const run of [...this.scripts].reverse()) {
      const result = await run.run("stop");
      if (result.code !== 0) failures.push({ label: run.label, result });
    }
    return failures;
  }

  /** Brings the cluster up for a scenario that is about something else; false (and a failed check) when it cannot. */
  async bringUp(): Promise<boolean> {
    const failures = await this.startAll();
    for (const { label, result } of failures)
      this.check(label, "start succeeds", false, `exit ${result.code}`, say(result));
    return failures.length === 0;
  }

  snapshots(): Promise<Map<string, Snapshot>> {
    return collect(this.managed, (machine) => machine.snapshot());
  }

  /** The user's own commands: whatever makes a host new has them run again, so that they hold through every scenario. */
  async inject(into: readonly Machine[] = [...this.machines.values()]): Promise<void> {
    for (const { host, command } of this.spec.injections) {
      const machine = this.machine(host);
      if (!into.includes(machine)) continue;
      const result = await machine.run(["sh", "-c", command]);
      if (result.code === 0) continue;
      this.check(
        host,
        `the injected command succeeds: ${command}`,
        false,
        `exit ${result.code}`,
        say(result),
      );
    }
  }

  /** A new host in place of a machine's, with what was injected into it. */
  async rebuild(machine: Machine): Promise<void> {
    await machine.rebuild();
    await this.inject([machine]);
  }

  /** Back to hosts no script has ever run on, with what was injected into them. */
  async reset(): Promise<void> {
    const machines = [...this.machines.values()];
    const injected = new Set(this.spec.injections.map(({ host }) => host));
    for (const machine of this.managed) machine.namespace.toolbox.reset();
    // A few processes by the difference, where that leads there; then the script; then a new host.
    for (const machine of this.managed) {
      // What a command of the user's leaves (files, processes) no difference shows.
      if (injected.has(machine.name)) {
        await machine.rebuild();
        continue;
      }
      // keepalived would bring back what is undone behind its back.
      const hasDaemon = machine.host.scripts.some(({ startsKeepalived }) => startsKeepalived);
      if (!hasDaemon && (await machine.becomePristine())) continue;
      for (const run of this.scripts.filter((candidate) => candidate.machine === machine))
        await run.run("stop");
      if (!(await machine.becomePristine())) await machine.rebuild();
    }
    for (const machine of this.managed) machine.namespace.removeTree("/run/lvsgen");
    for (const machine of this.managed) await machine.applications.revive();
    // Neighbours learnt from the old hosts would answer for the new ones.
    for (const machine of machines) await machine.run(["ip", "neigh", "flush", "all"]);
    await this.inject();
  }

  async destroy(): Promise<void> {
    for (const machine of this.machines.values()) await machine.destroy();
    await this.#fabric.stop();
  }
}

export interface Failure {
  readonly label: string;
  readonly result: ExecResult;
}

/** A script's output for a report. */
export function say(result: ExecResult): string {
  return [`exit ${result.code}`, result.stdout.trim(), result.stderr.trim()]
    .filter((part) => part !== "")
    .join("\n");
}

/** Differences of every host, each under its name; empty when none. */
export function compareAll(
  before: ReadonlyMap<string, Snapshot>,
  after: ReadonlyMap<string, Snapshot>,
): Map<string, string> {
  return new Map(
    [...before].map(([name, snapshot]) => [name, compareSnapshots(snapshot, after.get(name) ?? new Map())]),
  );
}

async function collect<T>(
  machines: readonly Machine[],
  get: (machine: Machine) => Promise<T>,
): Promise<Map<string, T>> {
  const values = await Promise.all(machines.map(get));
  return new Map(machines.map((machine, index) => [machine.name, values[index] as T]));
}

/** A device such as tunl0 appears in every namespace when its module is loaded: before hosts are looked at. */
function loadModules(names: readonly string[]): void {
  const needed = names.filter((name) => !LEGACY_TABLE.test(name));
  if (needed.length > 0)
    execFileSync("modprobe", ["-a", ...needed], { stdio: ["ignore", "ignore", "inherit"] });
  for (const name of names.filter((each) => LEGACY_TABLE.test(each)))
    spawnSync("modprobe", ["-q", name], { stdio: "ignore" });
}

/** Kernels without them have nft (RHEL 10's). */
const LEGACY_TABLE = /^ip6?_?table/;

/** Second mounts of the program directories, which hosts' private copies link to. */
function keepRealPrograms(work: string): void {
  const directories = new Set(["/usr/sbin", "/usr/bin", "/sbin", "/bin"].map((path) => realpathSync(path)));
  for (const directory of directories) {
    const target = join(work, REAL_ROOT, directory);
    mkdirSync(target, { recursive: true });
    execFileSync("mount", ["--bind", directory, target]);
  }
}

/** A second mount of /proc, which a host with process ids of its own cannot cover. */
function keepProcesses(work: string): void {
  mkdirSync(join(work, PROCESSES));
  execFileSync("mount", ["--rbind", "/proc", join(work, PROCESSES)]);
}
