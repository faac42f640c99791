/** shellcheck at its strictest over generated scripts. */

import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { inParallel } from "../base/in-parallel.ts";
import { UserFault } from "../base/user-fault.ts";
import { say } from "../languages/say.ts";
import type { ShellcheckCommand } from "./find-shellcheck.ts";
import type { Finding } from "./finding.ts";

/** Optional checks that are left out, each with its reason. */
const excluded: Readonly<Record<string, string>> = {
  SC2250:
    "braces around every variable: $name and ${name} are the same, and the plain form is easier to read",
  SC2310: "set -e is off inside conditions: the scripts check every status there themselves",
};

/** Without the files. */
export const shellcheckOptions: readonly string[] = [
  "--shell=dash",
  "--enable=all",
  "--severity=style",
  "--format=json1",
  `--exclude=${Object.keys(excluded).join(",")}`,
];

/** Arguments stay well below the kernel's limit. */
const batchSize = 64;
/** Batches for each core: a slow one does not keep the others waiting, and progress shows. */
const batchesEach = 4;

/** shellcheck could not be run at all. */
export class ShellcheckError extends UserFault {
  override readonly name = "ShellcheckError";
  override readonly kind = "lint";
}

/** Called after each batch, and at first with none checked. */
export type OnChecked = (done: number, total: number) => void;

/** @throws ShellcheckError if it cannot be run */
export async function runShellcheck(
  command: ShellcheckCommand,
  files: readonly string[],
  onChecked: OnChecked = () => {},
): Promise<Finding[]> {
  const cores = availableParallelism();
  const size = Math.min(batchSize, Math.ceil(files.length / (cores * batchesEach)));
  const batches = chunks(files, Math.max(1, size));
  let done = 0;
  onChecked(done, files.length);
  const results = await inParallel(batches, cores, async (batch) => {
    const found = await runBatch(command, batch);
    done += batch.length;
    onChecked(done, files.length);
    return found;
  });
  const findings = results.flatMap((found) => found ?? []);
  return findings.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function runBatch(
  { program, prefix }: ShellcheckCommand,
  files: readonly string[],
): Promise<Finding[]> {
  const { code, stdout, stderr } = await collect(program, [...prefix, ...shellcheckOptions, "--", ...files]);
  // 0: nothing found, 1: something found; everything else is a failure of its own (shellcheck(1)).
  if (code !== 0 && code !== 1) {
    throw new ShellcheckError(
      say`${program} failed (exit status ${code}): ${stderr.trim() || say`no message`}`,
    );
  }
  return parse(program, stdout);
}

function collect(program: string, args: readonly string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => out.push(data));
    child.stderr.on("data", (data: Buffer) => err.push(data));
    child.on("error", (error) => reject(new ShellcheckError(say`cannot run ${program}: ${error.message}`)));
    child.on("close", (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

interface Comment {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: string;
}

function parse(program: string, text: string): Finding[] {
  try {
    const { comments } = JSON.parse(text) as { comments: Comment[] };
    return comments.map(({ file, line, column, code, message }) => ({
      file,
      line,
      column,
      code: `SC${code}`,
      message,
    }));
  } catch {
    throw new ShellcheckError(
      say`${program} is not shellcheck 0.7 or newer: unreadable output of --format=json1`,
    );
  }
}
