/** Runs a program beside the lab's own work; it ends with the lab. */

import { spawn } from "node:child_process";
import { atEnd } from "../../base/ending.ts";
import { LabBroken } from "../backends/backend.ts";

export interface ProgramResult {
  /** Exit status; null when it was ended by a signal. */
  readonly code: number | null;
  /** Its standard output and error together. */
  readonly output: string;
}

/** Text kept of a program that says much. */
const KEPT = 64_000;

export interface ProgramBounds {
  /** Seconds after which it is ended; left out: it takes the time it needs. */
  readonly seconds?: number;
  /** It is ended as soon as it says this. */
  readonly until?: RegExp;
}

/** @throws LabBroken when it cannot be started, or `signal` ended it */
export function runProgram(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  { seconds = Number.POSITIVE_INFINITY, until }: ProgramBounds = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new LabBroken("interrupted"));
    // A group of its own: all that it started ends with it.
    const child = spawn(program, [...args], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      // Its words are read.
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-KEPT);
        if (until?.test(output)) end();
      });
    }
    const end = (): void => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        child.kill("SIGKILL");
      }
    };
    // A timer cannot wait for ever; a bound it cannot hold is none.
    const timer = seconds * 1000 < 2 ** 31 ? setTimeout(end, seconds * 1000) : undefined;
    signal.addEventListener("abort", end);
    const forget = atEnd(end);
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      forget();
      finish();
    };
    child.once("error", (error) =>
      settle(() => reject(new LabBroken(`cannot run ${program}: ${error.message}`))),
    );
    child.once("close", (code) =>
      settle(() => (signal.aborted ? reject(new LabBroken(`interrupted`)) : resolve({ code, output }))),
    );
  });
}
