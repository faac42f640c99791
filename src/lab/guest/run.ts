/** The runner's own order of work. */

import { release } from "node:os";
import { SCENARIOS } from "../scenarios/registry.ts";
import type { LabSpec, ScenarioTask } from "../spec.ts";
import { keepOpen } from "./door.ts";
import { type Emit, Lab } from "./lab.ts";
import { settle } from "./settle.ts";
import { TimedOut } from "./wait.ts";
import { wordsOf } from "./words.ts";

/** Builds the lab, runs the scenarios, opens the shell asked for; verdicts go out as events. */
export async function runGuest(spec: LabSpec, work: string, emit: Emit): Promise<void> {
  const start = Date.now();
  const lab = await Lab.build(spec, work, emit, settle);
  emit({ type: "started", kernel: release(), hosts: lab.machines.size, milliseconds: Date.now() - start });
  for (const [index, task] of spec.tasks.entries()) {
    await runScenario(lab, task, index === 0, emit);
  }
  if (spec.shell !== null) await openShell(lab, spec.shell, emit);
  if (spec.door !== null) await keepOpen(lab, spec.door, emit);
  await lab.destroy();
  emit({ type: "finished", milliseconds: Date.now() - start });
}

async function runScenario(lab: Lab, task: ScenarioTask, isFirst: boolean, emit: Emit): Promise<void> {
  const begin = Date.now();
  const scenario = SCENARIOS[task.name];
  if (!scenario) throw new Error(`no scenario ${task.name}`);
  const { name, shares } = task;
  emit({ type: "scenario", scenario: name, state: "begin", milliseconds: 0, shares });
  lab.begin(task.name);
  try {
    // Every scenario begins with hosts no script has ever run on.
    await (isFirst ? lab.inject() : lab.reset());
    await scenario.run(lab, task);
  } catch (error) {
    const figure = error instanceof TimedOut ? `not within ${error.seconds} s` : "broken";
    lab.check("lab", "the scenario runs to its end", false, figure, wordsOf(error));
  }
  emit({ type: "scenario", scenario: name, state: "end", milliseconds: Date.now() - begin, shares });
}

async function openShell(lab: Lab, host: string, emit: Emit): Promise<void> {
  const { spawnSync } = await import("node:child_process");
  await lab.startToLook();
  emit({ type: "shell" });
  const pid = String(lab.machine(host).namespace.agent.pid);
  spawnSync("nsenter", ["--mount", "--net", "--pid", "--target", pid, "--", "bash", "-i"], {
    stdio: "inherit",
    env: { ...process.env, PS1: `${host}# ` },
  });
}
