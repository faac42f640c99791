/**
 * Start and stop are killed before, killed after, and made to fail at each of their external commands in turn.
 * Whatever that leaves, the next start converges and the next stop restores.
 */

import type { Lab } from "../guest/lab.ts";
import type { ScriptRun } from "../guest/machine.ts";
import { startOthers, stopOthers } from "./crash-others.ts";
import { CrashSubject, type Phase } from "./crash-subject.ts";
import type { Scenario } from "./scenario.ts";

export const crash: Scenario = {
  title: "killed or failing at any external command, the next start converges and the next stop restores",
  async run(lab, task) {
    const phases = (["start", "stop"] as const).filter((_, index) => index % task.shares === task.share);
    for (const run of lab.oneOfEachRole) {
      await startOthers(lab, run);
      const subject = await CrashSubject.prepare(lab, run);
      if (!subject) continue;
      for (const phase of phases) await breakEverywhere(lab, run, subject, phase);
      const left = await subject.leave();
      lab.check(
        run.label,
        "all faults together leave nothing behind",
        left === "",
        left === "" ? "identical" : "differs",
        left,
      );
      await stopOthers(lab, run);
    }
  },
};

async function breakEverywhere(lab: Lab, run: ScriptRun, subject: CrashSubject, phase: Phase): Promise<void> {
  const { commands, faults } = await subject.plan(phase);
  const problems: string[] = [];
  let injected = 0;
  for (const [index, fault] of faults.entries()) {
    lab.progress(
      `${run.label} ${phase}: fault ${index + 1} of ${faults.length}, ${fault.mode} at ${fault.command}`,
    );
    if (!lab.spec.thorough && subject.isCovered(phase, fault)) continue;
    injected += 1;
    const found = await subject.survive(phase, fault);
    if (found !== "")
      problems.push(`${fault.command} (call ${fault.call} of ${fault.program}), ${fault.mode}:\n  ${found}`);
  }
  const figure = `${commands} commands, ${faults.length} faults (${injected} injected, --thorough injects all), ${problems.length} not survived`;
  lab.check(
    run.label,
    `${phase} survives every fault`,
    problems.length === 0 && commands > 0,
    figure,
    problems.slice(0, 5).join("\n"),
  );
}
