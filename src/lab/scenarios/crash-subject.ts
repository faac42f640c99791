/** One script under fault injection: its states, and what each fault must not lead to. */

import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult } from "../guest/agent.ts";
import { type Lab, say } from "../guest/lab.ts";
import type { ScriptRun } from "../guest/machine.ts";
import { compareSnapshots, type Snapshot } from "../guest/snapshot.ts";
import { traceCalls } from "../guest/trace.ts";
import { type Fault, type FaultMode, faulty } from "../guest/wrappers.ts";

export type Phase = "start" | "stop";

export interface PlannedFault extends Fault {
  /** The command with its arguments, for the report. */
  readonly command: string;
}

/** What decides a script's next run: the host's state and its own records. */
interface State {
  readonly network: Snapshot;
  readonly key: string;
}

const MODES: readonly FaultMode[] = ["killed before", "killed after", "failing"];

export class CrashSubject {
  readonly #lab: Lab;
  readonly #run: ScriptRun;
  readonly #pristine: State;
  readonly #converged: State;
  readonly #calls: Record<Phase, readonly string[]>;
  /** States from which recovery was seen to work: the same state and records lead to the same recovery. */
  readonly #recovered: Record<Phase, Set<string>> = { start: new Set(), stop: new Set() };
  /** The state the host is in now, as far as it is one of the two. */
  #at: Phase | "unknown" = "stop";

  private constructor(
    lab: Lab,
    run: ScriptRun,
    states: { pristine: State; converged: State },
    calls: Record<Phase, readonly string[]>,
  ) {
    this.#lab = lab;
    this.#run = run;
    this.#pristine = states.pristine;
    this.#converged = states.converged;
    this.#calls = calls;
  }

  /** Runs start and stop undisturbed; null (and a failed check) when they do not even work so. */
  static async prepare(lab: Lab, run: ScriptRun): Promise<CrashSubject | null> {
    const before = await stateOf(run);
    const start = await traceCalls(lab, run, "start");
    const converged = await stateOf(run);
    const stop = await traceCalls(lab, run, "stop");
    const pristine = await stateOf(run);
    const difference = compareSnapshots(before.network, pristine.network);
    if (start.result.code !== 0 || stop.result.code !== 0 || difference !== "") {
      const detail = [difference, say(start.result), say(stop.result)].join("\n");
      lab.check(run.label, "start and stop work undisturbed", false, "fails without any fault", detail);
      return null;
    }
    return new CrashSubject(lab, run, { pristine, converged }, { start: start.calls, stop: stop.calls });
  }

  commands(phase: Phase): readonly string[] {
    return this.#calls[phase];
  }

  faults(phase: Phase): PlannedFault[] {
    const counts = new Map<string, number>();
    return this.#calls[phase].flatMap((command) => {
      const program = command.split(" ")[0] ?? "";
      const call = (counts.get(program) ?? 0) + 1;
      counts.set(program, call);
      return MODES.map((mode) => ({ program, call, mode, command }));
    });
  }

  /** Injects one fault and recovers; what went wrong, or an empty string. */
  async survive(phase: Phase, fault: PlannedFault): Promise<string> {
    await this.#bringTo(phase === "start" ? "stop" : "start");
    this.#at = "unknown";
    const injected = await this.#inject(phase, fault);
    const problem = injected.reached
      ? await this.#judge(phase, fault, injected.result)
      : "the command was not reached";
    if (problem !== "") await this.#rebuild();
    return problem;
  }

  /** Back to a host the script is not active on. */
  async leave(): Promise<void> {
    await this.#bringTo("stop");
  }

  async #judge(phase: Phase, fault: PlannedFault, result: ExecResult): Promise<string> {
    const state = await stateOf(this.#run);
    const aim = phase === "start" ? this.#converged : this.#pristine;
    const reached = compareSnapshots(aim.network, state.network);
    if (fault.mode === "failing" && result.code === 0 && reached !== "")
      return `exit 0, but:\n${reached}\n${say(result)}`;
    if (state.key === this.#pristine.key) this.#at = "stop";
    if (state.key === this.#converged.key) this.#at = "start";
    if (this.#at !== "unknown" || this.#recovered[phase].has(state.key)) return this.#recoverKnown(phase);
    this.#recovered[phase].add(state.key);
    // Both ways out of a state seen for the first time; a further visit takes one of them again.
    return phase === "start"
      ? (await this.#recover("start")) || this.#recover("stop")
      : (await this.#recover("stop")) || this.#recover("start");
  }

  /** A state whose recovery is known: the shortest way to where the next fault begins. */
  async #recoverKnown(phase: Phase): Promise<string> {
    const next = phase === "start" ? "stop" : "start";
    return this.#at === next ? "" : this.#recover(next);
  }

  /** Runs a verb undisturbed and requires its full effect. */
  async #recover(verb: Phase): Promise<string> {
    const result = await this.#run.run(verb);
    const aim = verb === "start" ? this.#converged : this.#pristine;
    const state = await stateOf(this.#run);
    const difference = compareSnapshots(aim.network, state.network);
    if (result.code !== 0 || difference !== "")
      return `the next ${verb} does not recover:\n${difference}\n${say(result)}`;
    this.#at = verb;
    if (verb === "start" && state.key !== this.#converged.key) return this.#confirm();
    return "";
  }

  /** Records that differ from an undisturbed start's: check must be content with them all the same. */
  async #confirm(): Promise<string> {
    const result = await this.#run.run("check");
    return result.code === 0 ? "" : `check is not content after the next start:\n${say(result)}`;
  }

  async #bringTo(state: Phase): Promise<void> {
    if (this.#at === state) return;
    await this.#run.run(state);
    this.#at = state;
  }

  async #rebuild(): Promise<void> {
    await this.#run.machine.rebuild();
    this.#at = "stop";
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

async function stateOf(run: ScriptRun): Promise<State> {
  const network = await run.machine.snapshot();
  const lines = [...network].map(([title, section]) => `${title}\n${section.join("\n")}`);
  return { network, key: [...lines, run.machine.namespace.readTree("/run/lvsgen")].join("\n") };
}
