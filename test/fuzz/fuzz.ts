/**
 * `npm run fuzz -- [--cases N] [--seed N] [--workers N]`: topologies that nobody wrote, each checked and, where it is
 * accepted, rendered; the scripts parsed and sourced in three shells, and linted. `--case N` runs one again and prints
 * it. Exit status 1: something was found.
 */

import { fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { caseOf } from "./cases.ts";
import { checkScripts } from "./check-scripts.ts";
import { type Range, runCases, type Tally } from "./run-cases.ts";
import { coverParts } from "./scripts.ts";

/** Milliseconds without a new case, after which a process is taken for hanging; sourcing a batch is within it. */
const silence = 600_000;

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    workers: { type: "string", default: "2" },
    case: { type: "string" },
  },
});
const seed = Number(values.seed);

if (values.case !== undefined) await again(Number(values.case));
else await campaign(Number(values.cases), Number(values.workers));

async function again(number: number): Promise<void> {
  const { name, text } = caseOf(seed, number);
  console.log(`${name}:\n${text}\n`);
  await report(runCases({ seed, from: number, to: number + 1, step: 1 }), performance.now());
}

async function campaign(cases: number, workers: number): Promise<void> {
  console.log(`fuzzing ${cases} cases in ${workers} processes: --seed ${seed} runs the same again`);
  const begin = performance.now();
  const ranges = Array.from({ length: workers }, (_, from) => ({ seed, from, to: cases, step: workers }));
  const tallies = await Promise.all(ranges.map((range) => inProcess(range)));
  await report(tallies.reduce(merge), begin);
}

/** A process that dies or hangs is a fault of the case it was at. */
function inProcess(range: Range): Promise<Tally> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, "worker.ts"), [JSON.stringify(range)]);
    let at = range.from;
    let timer: NodeJS.Timeout | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), silence);
    };
    watch();
    let tally: Tally | null = null;
    child.on("message", (message: { begun?: number; tally?: Tally }) => {
      watch();
      at = message.begun ?? at;
      if (message.begun !== undefined) progress(at, range);
      tally = message.tally ?? tally;
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      resolve(tally ?? died(range, at, `${signal ?? `exit ${code}`}`));
    });
  });
}

function died({ seed: own }: Range, at: number, how: string): Tally {
  const faults = [`--seed ${own} --case ${at}: the process died or hung: ${how}`];
  return { cases: 0, accepted: 0, codes: [], sourced: 0, samples: [], slowestMilliseconds: 0, faults };
}

function progress(at: number, { from, to }: Range): void {
  if (from === 0 && at % 5000 === 0) console.error(`${at} of ${to}`);
}

function merge(one: Tally, other: Tally): Tally {
  return {
    cases: one.cases + other.cases,
    accepted: one.accepted + other.accepted,
    codes: [...one.codes, ...other.codes],
    sourced: one.sourced + other.sourced,
    samples: [...one.samples, ...other.samples],
    slowestMilliseconds: Math.max(one.slowestMilliseconds, other.slowestMilliseconds),
    faults: [...one.faults, ...other.faults],
  };
}

/** Lints what stands for all scripts, then tells. */
async function report(tally: Tally, begin: number): Promise<void> {
  const { cases, accepted, codes, sourced, samples, slowestMilliseconds } = tally;
  const chosen = coverParts(samples);
  const faults = [...tally.faults, ...(await checkScripts(chosen))];
  const parts = new Set(samples.flatMap((sample) => sample.parts)).size;
  console.log(
    [
      `${cases} cases in ${Math.round((performance.now() - begin) / 1000)} s, the slowest ${slowestMilliseconds} ms: ${accepted} accepted and rendered, ${cases - accepted} refused with place and remedy (${new Set(codes).size} codes)`,
      `${sourced} scripts with different data, each sourced in 3 shells and compared with its plan; ${chosen.length} scripts with all ${parts} kinds of lines, parsed in 3 shells and linted`,
      `faults: ${faults.length}`,
      ...faults,
    ].join("\n"),
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
}
