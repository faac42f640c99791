/** How much a program does, counted by V8 and not by a clock: the same on every machine. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cli } from "./lvsgen.ts";

/** As V8's Profiler.takePreciseCoverage has it. */
export interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
  }[];
}

/** How often each block of code was run, by a name of it. */
export type Work = ReadonlyMap<string, number>;

export function workOf(scripts: readonly ScriptCoverage[]): Work {
  const work = new Map<string, number>();
  for (const { url, functions } of scripts) {
    if (url.startsWith("node:")) continue;
    const file = url.replace(/.*\//, "");
    for (const { functionName, ranges } of functions) {
      for (const { startOffset, count } of ranges) {
        const name = `${file}:${startOffset} ${functionName}`;
        work.set(name, (work.get(name) ?? 0) + count);
      }
    }
  }
  // An empty measurement would pass every comparison.
  if (work.size < fewestBlocks) throw new Error(`only ${work.size} blocks were counted`);
  return work;
}

/** Even a few lines of a program have some. */
const fewestBlocks = 3;

/** Blocks that are run `atLeast` times, and more than `factor` times as often as with less to do: what grows too fast. */
export function growingBlocks(less: Work, more: Work, factor: number, atLeast: number): string[] {
  return [...more]
    .map(([name, count]) => ({ name, count, before: less.get(name) ?? 0 }))
    .filter(({ count, before }) => count >= atLeast && count > factor * before)
    .map(({ name, count, before }) => `${name}: ${before}, then ${count}`);
}

interface RunOptions {
  readonly path?: string;
  readonly input?: string;
}

/** Runs the built command line; what its own process did, beside what it said. */
export function measuredRun(args: readonly string[], options: RunOptions = {}) {
  return measuredNode([cli, ...args], options);
}

/** The same for any program of Node. */
export function measuredNode(args: readonly string[], options: RunOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "lvsgen-coverage-"));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      input: options.input ?? "",
      env: {
        ...process.env,
        PATH: options.path ?? process.env.PATH,
        NODE_V8_COVERAGE: folder,
        // Code out of the cache is counted by function, not by block.
        NODE_DISABLE_COMPILE_CACHE: "1",
      },
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    const results = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
    return { status, stdout, stderr, work: workOf(results.flatMap(({ result }) => result)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
