/** A second start changes nothing and says so; check agrees. */

import { type Lab, say } from "../guest/lab.ts";
import type { ScriptRun } from "../guest/machine.ts";
import { compareSnapshots } from "../guest/snapshot.ts";
import { traceCalls } from "../guest/trace.ts";
import type { Scenario } from "./scenario.ts";

export const idempotence: Scenario = {
  title: "a second start changes nothing and says so",
  async run(lab) {
    await lab.bringUp();
    for (const run of lab.scripts) await checkScript(lab, run);
  },
};

const SAYS_NOTHING_CHANGED = /nothing|unchanged|no changes?|already/i;

/** What tools print when a step collides with what is there. */
const COMPLAINTS = /RTNETLINK|SIOC\w+:|File exists|No such|[Ee]rror|Invalid argument|not found|Cannot/;

async function checkScript(lab: Lab, run: ScriptRun): Promise<void> {
  const before = await run.machine.snapshot();
  const second = await traceCalls(lab, run, "start");
  const difference = compareSnapshots(before, await run.machine.snapshot());
  const output = say(second.result);
  lab.check(
    run.label,
    "a second start exits 0",
    second.result.code === 0,
    `exit ${second.result.code}`,
    output,
  );
  lab.check(
    run.label,
    "a second start changes nothing",
    difference === "",
    difference === "" ? "0 changes" : "changed",
    `${difference}\n${output}`,
  );
  const quiet = !COMPLAINTS.test(output) && SAYS_NOTHING_CHANGED.test(output);
  lab.check(
    run.label,
    "a second start says that nothing changed",
    quiet,
    quiet ? "said" : "not said",
    output,
  );
  const check = await traceCalls(lab, run, "check");
  const figure = `exit ${check.result.code}, ${check.calls.length} commands`;
  lab.check(run.label, "check finds nothing to do", check.result.code === 0, figure, say(check.result));
  const after = compareSnapshots(before, await run.machine.snapshot());
  lab.check(run.label, "check changes nothing", after === "", after === "" ? "0 changes" : "changed", after);
}
