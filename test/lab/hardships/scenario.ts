/** Runs each hardship on a new host. */

import { type Lab, say } from "../../../src/lab/guest/lab.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";
import { type Hardship, hardships } from "./cases.ts";

export const hardshipsScenario: Scenario = {
  title: "what befalls a host in life",
  async run(lab) {
    for (const hardship of hardships) {
      await endure(lab, hardship);
      await lab.reset();
    }
  },
};

async function endure(lab: Lab, { name, host, steps }: Hardship): Promise<void> {
  const machine = lab.machine(host);
  const script = [
    ...machine.host.interpreter,
    `/usr/local/sbin/${host === "dr" ? "lvs_dr.sh" : "lvs_rs.sh"}`,
  ];
  for (const [index, { run, code = 0, says = /(?:)/ }] of steps.entries()) {
    const words = script.map((word) => (word.includes("/") || word === "ash" ? word : `/bin/${word}`));
    const command = run
      .replaceAll("$S", words.join(" "))
      .replaceAll("$T", [...words.slice(0, -1), "/tmp/short.sh"].join(" "));
    const result = await machine.run(["sh", "-c", command]);
    const ok = result.code === code && says.test(`${result.stdout}\n${result.stderr}`);
    lab.check(host, `${name}: step ${index + 1}`, ok, `exit ${result.code}`, `${command}\n${say(result)}`);
  }
}
