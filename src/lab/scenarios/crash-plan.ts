/** Which faults a run can meet, and the state of the host at each of its commands. */

import { join } from "node:path";
import { Gate } from "../guest/gate.ts";
import type { Lab } from "../guest/lab.ts";
import type { ScriptRun, Verb } from "../guest/machine.ts";
import { type Fault, type FaultMode, pausingAlways, unbounded } from "../guest/wrappers.ts";

export interface PlannedFault extends Fault {
  /** The command with its arguments, for the report. */
  readonly command: string;
}

/** Programs that only run another: what befalls them befalls that one, whose faults are planned as well. */
export const carriers: ReadonlySet<string> = new Set(["timeout"]);

/** Programs that are called only for modules that are not loaded yet. */
export const loaders: ReadonlySet<string> = new Set(["modprobe"]);

/**
 * Programs that are called as often as time wants: a wait as often as it takes, and arping again where the first one was
 * not heard of in time. A call of the plan may be missing from another run.
 */
export const timed: ReadonlySet<string> = new Set(["sleep", "arping"]);

/** Failing ones first: a script that ends at one leaves what a kill would, and that is covered then. */
const MODES: readonly FaultMode[] = ["failing", "killed before", "killed after"];

/** Three faults for every command of a run. */
export function planFaults(calls: readonly string[]): PlannedFault[] {
  const counts = new Map<string, number>();
  const commands = calls.map((command) => {
    const program = command.split(" ")[0] ?? "";
    const call = (counts.get(program) ?? 0) + 1;
    counts.set(program, call);
    return { program, call, command };
  });
  return MODES.flatMap((mode) => commands.map((command) => ({ ...command, mode })));
}

/** States of an undisturbed run, by the moment a kill would leave them. */
export interface Observation {
  readonly keyAt: (fault: Fault) => string | undefined;
}

/** Runs a verb with a pause before and after each command, and takes the state at each pause. */
export async function observeStates(
  lab: Lab,
  run: ScriptRun,
  verb: Verb,
  take: () => Promise<string>,
): Promise<Observation> {
  const keys = new Map<string, string>();
  const counts = new Map<string, number>();
  const gate = new Gate(join(lab.work, "gate"), async (moment) => {
    const call = (counts.get(moment) ?? 0) + 1;
    counts.set(moment, call);
    keys.set(`${moment} ${call}`, await take());
  });
  const { toolbox } = run.machine.namespace;
  for (const program of run.programs)
    toolbox.replace(program, carriers.has(program) ? unbounded : pausingAlways(program, gate.path));
  await run.run(verb, { background: true });
  toolbox.reset();
  await gate.close();
  return {
    keyAt: ({ mode, program, call }) =>
      keys.get(`${mode === "killed before" ? "before" : "after"} ${program} ${call}`),
  };
}
