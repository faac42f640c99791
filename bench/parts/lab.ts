/** `lvsgen lab` in each backend that works here: the same clusters, all scenarios, one run each, taking turns. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { examineMachine } from "../../src/lab/doctor.ts";
import { figure, type Part } from "../part.ts";

const examples = ["pi-lab", "ha-pair", "everything"];

interface Run {
  readonly seconds: number;
  readonly kernel: string;
  readonly checks: number;
}

/** @throws Error if a check fails: a time of a lab that proves nothing says nothing */
async function prove(example: string, backend: string, options: readonly string[]): Promise<Run> {
  const file = join("examples", example, "topology.json");
  const args = ["dist/cli.js", "lab", file, "--backend", backend, "--format", "json", ...options];
  const start = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
  const report = JSON.parse(stdout) as { kernel: string; checks: readonly unknown[] };
  return {
    seconds: (performance.now() - start) / 1000,
    kernel: report.kernel,
    checks: report.checks.length,
  };
}

export const lab: Part = {
  name: "lab",
  async run({ quick, say }) {
    const backends = examineMachine()
      .backends.filter(({ works }) => works)
      .map(({ name }) => name);
    const options = quick ? ["--scenario", "balance,restore"] : [];
    const rows: string[][] = [];
    for (const example of quick ? examples.slice(0, 1) : examples) {
      const runs: (Run & { backend: string })[] = [];
      for (const backend of backends) {
        say(`${example} in ${backend}`);
        runs.push({ backend, ...(await prove(example, backend, options)) });
      }
      const [first] = runs;
      for (const { backend, seconds, kernel, checks } of runs)
        rows.push([
          example,
          backend,
          kernel,
          `${checks}`,
          `${figure(seconds)} s`,
          `${figure(seconds / (first?.seconds ?? seconds))} x`,
        ]);
    }
    const head = ["cluster", "backend", "Linux", "checks", "time", "ratio to the first"];
    const title = "The lab: all scenarios of a cluster, two kernels at once";
    return { targets: [], tables: [{ title, head, rows }] };
  },
};
