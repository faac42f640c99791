/** Finds the shellcheck to run. */

import { spawnSync } from "node:child_process";
import { programOnPath } from "../base/programs-on-path.ts";
import { phrase } from "../languages/say.ts";

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

/** How to install it, for messages: a phrase. */
export const shellcheckRemedy = phrase`install shellcheck (apt install shellcheck, dnf install ShellCheck, brew install shellcheck), or its npm wrapper (npm install --save-dev shellcheck)`;

/** The order is: the option, $LVSGEN_SHELLCHECK, PATH, the npm wrapper if it is installed. Null: there is none. */
export function findShellcheck(search: ShellcheckSearch): ShellcheckCommand | null {
  const named = search.option ?? search.environment.LVSGEN_SHELLCHECK;
  if (named !== undefined && named !== "") return { program: named, prefix: [] };
  const found = programOnPath("shellcheck", search.environment.PATH ?? "");
  if (found !== null) return { program: found, prefix: [] };
  if (search.allowNpx && wrapperIsInstalled())
    return { program: "npx", prefix: ["--no-install", "shellcheck"] };
  return null;
}

function wrapperIsInstalled(): boolean {
  return spawnSync("npx", ["--no-install", "shellcheck", "--version"], { stdio: "ignore" }).status === 0;
}
