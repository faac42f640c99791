/** Two starts at once both succeed, and end in the state of one. */

import { compareAll, say } from "../guest/lab.ts";
import type { Scenario } from "./scenario.ts";

export const concurrent: Scenario = {
  title: "two starts at once both succeed and converge",
  async run(lab) {
    const before = await lab.snapshots();
    await lab.bringUp();
    const single = await lab.snapshots();
    await lab.stopAll();
    for (const run of lab.scripts) {
      const both = await Promise.all([
        run.run("start", { background: true }),
        run.run("start", { background: true }),
      ]);
      const codes = both.map((result) => result.code);
      const ok = codes.every((code) => code === 0);
      lab.check(
        run.label,
        "two starts at once both exit 0",
        ok,
        `exit ${codes.join(" and ")}`,
        both.map(say).join("\n"),
      );
    }
    await lab.settle();
    report(single, await lab.snapshots(), "two starts at once end in the state of one");
    await lab.stopAll();
    report(before, await lab.snapshots(), "stop restores the host after two starts at once");

    function report(expected: typeof before, now: typeof before, name: string): void {
      for (const [host, difference] of compareAll(expected, now)) {
        lab.check(host, name, difference === "", difference === "" ? "identical" : "differs", difference);
      }
    }
  },
};
