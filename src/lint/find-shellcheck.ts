/** Which shellcheck to run. */

import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface ShellcheckCommand {
  readonly program: string;
  /** Arguments before shellcheck's own. */
  readonly prefix: readonly string[];
}

export interface ShellcheckSearch {
  /** `--shellcheck PATH`. */
  readonly option?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether the npm wrapper may be used: it downloads the program at its first use. */
  readonly allowNpx: boolean;
}

/** What to install, for messages. */
export const shellcheckRemedy =
  "install shellcheck (apt install shellcheck, dnf install ShellCheck, brew install shellcheck), or its npm wrapper (npm install --save-dev shellcheck)";

/** In the order: the option, $LVSGEN_SHELLCHECK, PATH, the npm wrapper where it is installed. Null: there is none. */
export function findShellcheck(search: ShellcheckSearch): ShellcheckCommand | null {
  const named = search.option ?? search.environment.LVSGEN_SHELLCHECK;
  if (named !== undefined && named !== "") return { program: named, prefix: [] };
  const found = onPath("shellcheck", search.environment.PATH ?? "");
  if (found !== null) return { program: found, prefix: [] };
  if (search.allowNpx && wrapperIsInstalled())
    return { program: "npx", prefix: ["--no-install", "shellcheck"] };
  return null;
}

function onPath(program: string, path: string): string | null {
  const files = path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function wrapperIsInstalled(): boolean {
  return spawnSync("npx", ["--no-install", "shellcheck", "--version"], { stdio: "ignore" }).status === 0;
}
