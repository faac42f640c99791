/**
 * Start and stop are killed before, killed after, and made to fail at each of their external commands in turn.
 * Whatever that leaves, the next start converges and the next stop restores.
 */

import type { Lab } from "../guest/lab.ts";
import type { ScriptRun } from "../guest/machine.ts";
import type { ScenarioTask } from "../spec.ts";
import { CrashSubject, type Phase } from "./crash-subject.ts";
import type { Scenario } from "./scenario.ts";

export const crash: Scenario = {
  title: "killed or failing at any external command, the next start converges and the next stop restores",
  async run(lab, task) {
    for (const run of lab.oneOfEachRole) {
      const subject = await CrashSubject.prepare(lab, run);
      if (!subject) continue;
      for (const phase of ["start", "stop"] as const) await breakEverywhere(lab, run, subject, phase, task);
    }
  },
};

async function breakEverywhere(
  lab: Lab,
  run: ScriptRun,
  subject: CrashSubject,
  phase: Phase,
  task: ScenarioTask,
): Promise<void> {
  const faults = subject.faults(phase).filter((_, index) => index % task.shares === task.share);
  const problems: string[] = [];
  let done = 0;
  for (const fault of faults) {
    lab.progress(
      `${run.label} ${phase}: fault ${++done} of ${faults.length}, ${fault.mode} at ${fault.command}`,
    );
    const found = await subject.survive(phase, fault);
    if (found !== "")
      problems.push(`${fault.command} (call ${fault.call} of ${fault.program}), ${fault.mode}:\n  ${found}`);
  }
  await subject.leave();
  const commands = subject.commands(phase).length;
  const figure = `${commands} commands, ${faults.length} faults, ${problems.length} not survived`;
  lab.check(
    run.label,
    `${phase} survives every fault`,
    problems.length === 0 && commands > 0,
    figure,
    problems.slice(0, 5).join("\n"),
  );
}
