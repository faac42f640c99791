/** One script under fault injection: its states, and what each fault must not lead to. */

import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult } from "../guest/agent.ts";
import { forgetSchedulers, isLoaded, isOwnKernel } from "../guest/kernel-module.ts";
import { type Lab, say } from "../guest/lab.ts";
import type { ScriptRun } from "../guest/machine.ts";
import { ShortReset } from "../guest/reset/short-reset.ts";
import { settleHolders } from "../guest/settle.ts";
import { compareSnapshots, type Snapshot } from "../guest/snapshot.ts";
import { traceCalls } from "../guest/trace.ts";
import { type FaultMode, faulty } from "../guest/wrappers.ts";
import {
  carriers,
  loaders,
  type Observation,
  observeStates,
  type PlannedFault,
  planFaults,
  timed,
} from "./crash-plan.ts";
import { Fingerprint } from "./fingerprint.ts";

export type Phase = "start" | "stop";

const RECORDS = "/run/lvsgen";

interface State {
  readonly network: Snapshot;
  /** Makes the host show this state, from whatever it shows. */
  readonly reset: () => Promise<void>;
  /** What decides a script's next run: the host's state and its own records. */
  readonly key: string;
}

/** Milliseconds until keepalived has taken over what the script gave it, on a busy machine. */
const PATIENCE_MS = 30_000;

/** Whether something that the script starts works on when the script has ended. */
function hasDaemon({ script }: ScriptRun): boolean {
  return script.startsKeepalived;
}

type Reset = (verb: Phase, records: ReadonlyMap<string, string>) => Promise<void>;

/** A few commands, where the kernel's state is all there is. */
function byDifference(lab: Lab, { machine }: ScriptRun, converged: Snapshot, pristine: Snapshot): Reset {
  const resets = {
    start: new ShortReset(machine, lab.work, "start", converged, pristine),
    stop: new ShortReset(machine, lab.work, "stop", pristine, converged),
  };
  return async (verb, records) => {
    await resets[verb].run();
    machine.namespace.writeFiles(RECORDS, records);
  };
}

/** A daemon is started and ended by who knows how. */
function byScript(run: ScriptRun): Reset {
  return async (verb) => {
    await run.run(verb);
  };
}

export class CrashSubject {
  readonly #lab: Lab;
  readonly #run: ScriptRun;
  readonly #states: Readonly<Record<Phase, State>>;
  readonly #fingerprint: Fingerprint;
  readonly #patienceMs: number;
  readonly #calls: Readonly<Record<Phase, readonly string[]>>;
  /** States from which recovery was seen to work: the same state and records lead to the same recovery. */
  readonly #recovered: Readonly<Record<Phase, Set<string>>> = { start: new Set(), stop: new Set() };
  readonly #observed = new Map<Phase, Observation>();
  /** Verb whose full effect the host shows now. */
  #at: Phase | "unknown" = "stop";

  private constructor(
    lab: Lab,
    run: ScriptRun,
    states: Record<Phase, State>,
    fingerprint: Fingerprint,
    calls: Record<Phase, readonly string[]>,
  ) {
    this.#lab = lab;
    this.#run = run;
    this.#states = states;
    this.#fingerprint = fingerprint;
    this.#patienceMs = hasDaemon(run) ? PATIENCE_MS : 0;
    this.#calls = calls;
  }

  /** Runs start and stop undisturbed; null (and a failed check) when they do not even work so. */
  static async prepare(lab: Lab, run: ScriptRun): Promise<CrashSubject | null> {
    const { machine } = run;
    const before = await machine.snapshot();
    // What the first start of all loads (ip_vs, tables of the firewall) stays: later ones take other steps. Schedulers
    // can be taken out again, where the kernel is our own.
    if (!isOwnKernel() || !isLoaded("ip_vs"))
      for (const verb of ["start", "stop"] as const) await run.run(verb);
    await forgetSchedulers(machine);
    machine.namespace.removeTree(RECORDS);
    const start = await traceCalls(lab, run, "start");
    if (hasDaemon(run)) await settleHolders(lab);
    const converged = await machine.snapshot();
    const fingerprint = new Fingerprint(run, before, converged);
    const convergedKey = await fingerprint.take();
    const records = machine.namespace.readFiles(RECORDS);
    const stop = await traceCalls(lab, run, "stop");
    const pristine = await machine.snapshot();
    const difference = compareSnapshots(before, pristine);
    if (start.result.code !== 0 || stop.result.code !== 0 || difference !== "") {
      const detail = [difference, say(start.result), say(stop.result)].join("\n");
      lab.check(run.label, "start and stop work undisturbed", false, "fails without any fault", detail);
      return null;
    }
    const reset = hasDaemon(run) ? byScript(run) : byDifference(lab, run, converged, pristine);
    const states = {
      start: { network: converged, key: convergedKey, reset: () => reset("start", records) },
      stop: {
        network: pristine,
        key: await fingerprint.take(),
        reset: () => reset("stop", new Map<string, string>()),
      },
    };
    return new CrashSubject(lab, run, states, fingerprint, { start: start.calls, stop: stop.calls });
  }

  /** The faults of a verb; also notes the states at each of its commands, of an undisturbed run. */
  async plan(phase: Phase): Promise<{ commands: number; faults: PlannedFault[] }> {
    await this.#approach(phase);
    await forgetSchedulers(this.#run.machine);
    this.#observed.set(
      phase,
      await observeStates(this.#lab, this.#run, phase, () => this.#fingerprint.take()),
    );
    this.#at = phase;
    return { commands: this.#calls[phase].length, faults: planFaults(this.#calls[phase]) };
  }

  /**
   * Whether a kill leaves a state from which recovery has been seen already: a killed script leaves exactly what is
   * there at that moment, and that is known from the undisturbed run. A failing command is covered where it changes
   * nothing: what its failure can leave is what a kill leaves.
   */
  isCovered(phase: Phase, fault: PlannedFault): boolean {
    if (carriers.has(fault.program)) return true;
    const keyAt = (mode: FaultMode) => this.#observed.get(phase)?.keyAt({ ...fault, mode });
    if (fault.mode === "failing") {
      const before = keyAt("killed before");
      return before !== undefined && before === keyAt("killed after");
    }
    const key = keyAt(fault.mode);
    return key !== undefined && this.#isKnown(phase, key);
  }

  /** Injects one fault and recovers; what went wrong, or an empty string. */
  async survive(phase: Phase, fault: PlannedFault): Promise<string> {
    await this.#approach(phase);
    if (phase === "start" && loaders.has(fault.program)) await forgetSchedulers(this.#run.machine);
    this.#at = "unknown";
    const injected = await this.#inject(phase, fault);
    const problem =
      injected.reached || timed.has(fault.program)
        ? await this.#judge(phase, fault, injected.result)
        : "the command was not reached";
    if (problem !== "") {
      await this.#lab.rebuild(this.#run.machine);
      this.#at = "stop";
    }
    return problem;
  }

  /** Back to a host the script is not active on, by the script; what all the faults together left behind, or nothing. */
  async leave(): Promise<string> {
    if (this.#at !== "stop") {
      await this.#approach("stop");
      await this.#run.run("stop");
    }
    this.#at = "stop";
    return this.#differenceTo("stop");
  }

  /** To where a run of the verb begins. Each start is a first one: making the records' folder is a command too. */
  async #approach(phase: Phase): Promise<void> {
    const begin = phase === "start" ? "stop" : "start";
    if (this.#at !== begin && !(await this.#resetTo(begin))) await this.#rebuildTo(begin);
    this.#at = begin;
    if (phase === "start") this.#run.machine.namespace.removeTree(RECORDS);
  }

  /** The short way, where it leads there. */
  async #resetTo(verb: Phase): Promise<boolean> {
    await this.#states[verb].reset();
    return (await this.#arrival(verb)).reached;
  }

  /** The long way: what the short one cannot undo would be somebody else's to the next run. */
  async #rebuildTo(verb: Phase): Promise<void> {
    await this.#lab.rebuild(this.#run.machine);
    if (verb === "start") await this.#run.run("start");
    await this.#arrival(verb);
  }

  async #judge(phase: Phase, fault: PlannedFault, result: ExecResult): Promise<string> {
    if (fault.mode === "failing" && result.code === 0) {
      const { difference } = await this.#arrival(phase);
      if (difference !== "") return `exit 0, but:\n${difference}\n${say(result)}`;
    }
    const key = await this.#fingerprint.take();
    for (const verb of ["start", "stop"] as const) if (key === this.#states[verb].key) this.#at = verb;
    // Seen before, and so was what the next start and stop make of it.
    if (this.#isKnown(phase, key)) return "";
    this.#recovered[phase].add(key);
    const other = phase === "start" ? "stop" : "start";
    const problem = await this.#recover(phase);
    // From the very state that an undisturbed run leaves, what the other verb does is known.
    if (problem !== "" || this.#at === phase) return problem;
    return this.#recover(other);
  }

  #isKnown(phase: Phase, key: string): boolean {
    return key === this.#states.start.key || key === this.#states.stop.key || this.#recovered[phase].has(key);
  }

  /** Runs a verb undisturbed and requires its full effect. */
  async #recover(verb: Phase): Promise<string> {
    this.#at = "unknown";
    const result = await this.#run.run(verb);
    const { reached, difference } = await this.#arrival(verb);
    if (result.code !== 0 || difference !== "")
      return `the next ${verb} does not recover:\n${difference}\n${say(result)}`;
    if (reached) this.#at = verb;
    if (verb === "stop" || reached) return "";
    // Records that differ from an undisturbed start's: check must be content with them all the same.
    const check = await this.#run.run("check");
    return check.code === 0 ? "" : `check is not content after the next start:\n${say(check)}`;
  }

  /**
   * Whether the host is in the very state that an undisturbed run of the verb leaves; if not, how its network differs.
   * What a daemon does comes later, so that it is waited for.
   */
  async #arrival(verb: Phase): Promise<{ reached: boolean; difference: string }> {
    const deadline = Date.now() + this.#patienceMs;
    for (;;) {
      if ((await this.#fingerprint.take()) === this.#states[verb].key)
        return { reached: true, difference: "" };
      const difference = await this.#differenceTo(verb);
      if (difference === "" || Date.now() >= deadline) return { reached: false, difference };
    }
  }

  async #differenceTo(verb: Phase): Promise<string> {
    return compareSnapshots(this.#states[verb].network, await this.#run.machine.snapshot());
  }

  async #inject(phase: Phase, fault: PlannedFault): Promise<{ result: ExecResult; reached: boolean }> {
    const { machine } = this.#run;
    const calls = join(this.#lab.work, `${machine.name}.faults`);
    rmSync(calls, { recursive: true, force: true });
    mkdirSync(calls);
    machine.namespace.toolbox.replace(fault.program, faulty(fault, calls, machine.pidFile));
    const result = await this.#run.run(phase, { pidFile: machine.pidFile });
    machine.namespace.toolbox.reset();
    return { result, reached: existsSync(join(calls, `${fault.program}.${fault.call}`)) };
  }
}
