/** Runs a script and lists the external commands it called. */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult } from "./agent.ts";
import type { Lab } from "./lab.ts";
import type { ScriptRun, Verb } from "./machine.ts";
import { tracer } from "./wrappers.ts";

export interface Trace {
  readonly result: ExecResult;
  /** `program arguments`, in order. */
  readonly calls: readonly string[];
}

export async function traceCalls(lab: Lab, run: ScriptRun, verb: Verb): Promise<Trace> {
  const log = join(lab.work, `${run.machine.name}.calls`);
  rmSync(log, { force: true });
  const { toolbox } = run.machine.namespace;
  for (const program of run.programs) toolbox.replace(program, tracer(program, log));
  const result = await run.run(verb);
  toolbox.reset();
  return { result, calls: readLines(log) };
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}
