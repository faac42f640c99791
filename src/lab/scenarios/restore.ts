/** Stop puts back exactly what start found, also where that was not the default. */

import { compareAll, type Lab, say } from "../guest/lab.ts";
import { disturbDefaults } from "./disturbance.ts";
import type { Scenario } from "./scenario.ts";

export const restore: Scenario = {
  title: "stop puts back exactly what start found",
  async run(lab) {
    for (const machine of lab.managed) await disturbDefaults(machine);
    const before = await lab.snapshots();
    await lab.bringUp();
    await stopTwice(lab, before);
  },
};

async function stopTwice(lab: Lab, before: Awaited<ReturnType<Lab["snapshots"]>>): Promise<void> {
  const reversed = [...lab.scripts].reverse();
  for (const round of ["stop", "a second stop"]) {
    for (const run of reversed) {
      const result = await run.run("stop");
      lab.check(run.label, `${round} exits 0`, result.code === 0, `exit ${result.code}`, say(result));
    }
    for (const [host, difference] of compareAll(before, await lab.snapshots())) {
      const ok = difference === "";
      lab.check(
        host,
        `${round} restores the host's state`,
        ok,
        ok ? "identical" : `${countLines(difference)} lines differ`,
        difference,
      );
    }
  }
}

function countLines(difference: string): number {
  return difference.split("\n").filter((line) => line.startsWith("  ")).length;
}
