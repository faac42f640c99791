/**
 * A host that 0.1.0 started under a shell that splits as old dash does: its own verbs call the record damaged, and today's
 * script takes it over, or stops it.
 */

import { compareAll, type Lab, say } from "../../../src/lab/guest/lab.ts";
import type { ScriptRun } from "../../../src/lab/guest/machine.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";
import type { LabSpec } from "../../../src/lab/spec.ts";

const splitting = ["yash", "-o", "posixlycorrect"];

type Step = readonly [which: "earlier" | "today", verb: string, status: number, says: RegExp];

const damaged: readonly Step[] = [
  ["earlier", "start", 0, /started, changes/],
  ["earlier", "stop", 1, /is damaged/],
];

const courses: Readonly<Record<string, readonly Step[]>> = {
  "taken over by start": [
    ...damaged,
    ["today", "start", 0, /nothing changed/],
    ["today", "check", 0, /as it should be/],
    ["today", "stop", 0, /changes put back/],
  ],
  "stopped at once": [...damaged, ["today", "stop", 0, /changes put back/]],
};

export const earlierVersion: Scenario = {
  title: "today's scripts release what 0.1.0 recorded",
  async run(lab) {
    const { folder } = (lab.spec as LabSpec & { readonly earlier: { readonly folder: string } }).earlier;
    for (const [name, steps] of Object.entries(courses)) {
      for (const run of lab.oneOfEachRole) {
        const before = await lab.snapshots();
        for (const [which, verb, status, says] of steps) {
          const script =
            which === "today"
              ? `/usr/local/sbin/${run.script.name}`
              : `${folder}/${run.label.replace(" ", "/")}`;
          const result = await run.machine.run([...splitting, script, verb]);
          const ok = result.code === status && says.test(`${result.stdout}${result.stderr}`);
          lab.check(run.label, `${name}: ${which}'s ${verb}`, ok, `exit ${result.code}`, say(result));
        }
        for (const [host, difference] of compareAll(before, await lab.snapshots()))
          lab.check(
            host,
            `${name}: as before`,
            difference === "",
            difference === "" ? "identical" : "differs",
            difference,
          );
      }
    }
    for (const run of lab.oneOfEachRole) await cutShort(lab, run);
  },
};

/** A record that was cut to its head is not taken for one without a line. */
async function cutShort(lab: Lab, run: ScriptRun): Promise<void> {
  await run.run("start");
  const record = `/run/lvsgen/${run.script.name.replace(".sh", ".record")}`;
  await run.machine.run(["sh", "-c", `cp ${record} /run/whole && head -n 1 /run/whole >${record}`]);
  const cut = await run.run("stop");
  lab.check(
    run.label,
    "a record that was cut stops stop",
    cut.code === 1 && /was cut short/.test(cut.stderr),
    `exit ${cut.code}`,
    say(cut),
  );
  await run.machine.run(["cp", "/run/whole", record]);
  const whole = await run.run("stop");
  lab.check(run.label, "the whole one is released", whole.code === 0, `exit ${whole.code}`, say(whole));
}
