import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const repository = join(import.meta.dirname, "../..");
export const cli = join(repository, "dist/cli.js");

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Runs the built command line as a user would, without a terminal. */
export function lvsgen(args: readonly string[], options: CliOptions = {}): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: options.cwd ?? repository,
    input: options.input ?? "",
    env: { ...process.env, ...options.environment },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
