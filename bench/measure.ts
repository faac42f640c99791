/** Runs commands in turn and measures each, so that a disturbance affects all of them. */

import { spawnSync } from "node:child_process";

export interface Command {
  readonly name: string;
  /** Of each round. */
  readonly words: (round: number) => readonly string[];
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs before each round, not measured. */
  readonly prepare?: (round: number) => void;
  /** Other exit statuses are errors. */
  readonly statuses?: readonly number[];
}

export interface Sample {
  readonly seconds: number;
  /** Of the processor, in user and kernel mode, with all its children. */
  readonly processor: number;
  /** MiB, of the largest process at its largest (getrusage(2), ru_maxrss). */
  readonly memory: number;
}

export interface Measured {
  readonly name: string;
  readonly samples: readonly Sample[];
}

/**
 * Node does not report a child's time and memory, only the sum of all children. Python waits for one child (wait4(2)),
 * and its fork does not add Node's own start.
 */
const stopwatch = `
import json, os, sys, time
begin = time.perf_counter()
pid = os.fork()
if pid == 0:
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0); os.dup2(null, 1)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
print(json.dumps({
    "status": os.waitstatus_to_exitcode(status),
    "seconds": time.perf_counter() - begin,
    "processor": usage.ru_utime + usage.ru_stime,
    "memory": usage.ru_maxrss / 1024,
}))
`;

/** @throws Error if a command fails */
export function measure(commands: readonly Command[], rounds: number): Measured[] {
  const measured = commands.map(({ name }) => ({ name, samples: [] as Sample[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, command] of commands.entries()) {
      command.prepare?.(round);
      measured[index]?.samples.push(run(command, round));
    }
  }
  return measured;
}

function run({ name, words, cwd, environment, statuses = [0] }: Command, round: number): Sample {
  const { stdout, stderr } = spawnSync("python3", ["-c", stopwatch, ...words(round)], {
    cwd,
    env: { ...cleanEnvironment(), ...environment },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  const { status, ...sample } = JSON.parse(last === "" ? '{ "status": -1 }' : last) as Sample & {
    readonly status: number;
  };
  if (!statuses.includes(status)) throw new Error(`${name}: exit status ${status}: ${stderr.slice(-2000)}`);
  return sample;
}

/** Without NODE_EXTRA_CA_CERTS: with it, Node reads certificates at each start, which takes longer than all the rest. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env;
  return rest;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Median of the ratios of two commands, which run one after the other in each round. */
export function ratio(of: Measured, to: Measured, figure: keyof Sample = "seconds"): number {
  return median(of.samples.map((sample, round) => sample[figure] / (to.samples[round]?.[figure] ?? 1)));
}

export function medianOf({ samples }: Measured, figure: keyof Sample): number {
  return median(samples.map((sample) => sample[figure]));
}

/** A row of a table: name, seconds (median, least to most), processor seconds, memory, and the ratio to another. */
export function row(of: Measured, to: Measured | null): string[] {
  const seconds = of.samples.map((sample) => sample.seconds);
  const spread = `${time(Math.min(...seconds))} to ${time(Math.max(...seconds))}`;
  return [
    of.name,
    time(median(seconds)),
    spread,
    time(medianOf(of, "processor")),
    `${Math.round(medianOf(of, "memory"))} MiB`,
    to === null ? "" : `${ratio(of, to).toFixed(2)} x`,
  ];
}

export const rowHead = ["", "time", "spread", "processor", "memory", "ratio"];

function time(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms` : `${seconds.toFixed(2)} s`;
}
