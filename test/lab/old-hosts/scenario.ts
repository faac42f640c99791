/** Every verb on hosts whose shell and tools are old. */

import { compareAll, type Lab, say } from "../../../src/lab/guest/lab.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";
import type { LabSpec } from "../../../src/lab/spec.ts";
import { ip, ipvsadm, oldProgram } from "./respell.ts";
import type { OldRun, OldSystem } from "./systems.ts";

const shells = {
  bash: ["bash"],
  yash: ["yash", "-o", "posixlycorrect"],
  dash: ["dash"],
  busybox: ["busybox", "ash"],
};

/** Verb, its exit status, and what it has to say. */
const verbs: readonly (readonly [verb: string, status: number, says: RegExp])[] = [
  ["start", 0, /started, changes/],
  ["start", 0, /nothing changed/],
  ["check", 0, /as it should be/],
  ["status", 0, /: running/],
  ["reload", 0, /nothing changed/],
  ["restart", 0, /started, changes/],
  ["check", 0, /as it should be/],
];

export const oldHosts: Scenario = {
  title: "every verb on hosts whose shell and tools are old",
  async run(lab) {
    const { runs } = (lab.spec as LabSpec & { readonly oldHosts: { readonly runs: readonly OldRun[] } })
      .oldHosts;
    for (const run of runs) await onSystem(lab, run);
  },
};

async function onSystem(lab: Lab, { system, folder }: OldRun): Promise<void> {
  const before = await lab.snapshots();
  for (const machine of lab.managed) makeOld(machine.namespace.toolbox, system);
  const call = async (run: Lab["scripts"][number], verb: string, status: number, says: RegExp) => {
    const script = `${folder}/${run.machine.name}/${run.script.name}`;
    const result = await run.machine.run([...shells[system.interpreter], script, verb]);
    const ok = result.code === status && says.test(`${result.stdout}${result.stderr}`);
    lab.check(run.label, `${titleOf(system)}: ${verb}`, ok, `exit ${result.code}`, say(result));
  };
  for (const run of lab.scripts) for (const verb of verbs) await call(run, ...verb);
  for (const run of [...lab.scripts].reverse()) await call(run, "stop", 0, /changes put back/);
  for (const run of lab.scripts) await call(run, "status", 3, /: stopped/);
  for (const machine of lab.managed) machine.namespace.toolbox.reset();
  for (const [host, difference] of compareAll(before, await lab.snapshots()))
    lab.check(
      host,
      `${titleOf(system)}: stop restores`,
      difference === "",
      difference === "" ? "identical" : "differs",
      difference,
    );
}

function makeOld(toolbox: Lab["managed"][number]["namespace"]["toolbox"], system: OldSystem): void {
  toolbox.replace("ip", (real) => oldProgram(ip[system.ip], real));
  toolbox.replace("ipvsadm", (real) => oldProgram(ipvsadm[system.ipvsadm], real));
}

function titleOf({ os, ip: iproute2 }: OldSystem): string {
  return `${os}, iproute2 ${iproute2}`;
}
