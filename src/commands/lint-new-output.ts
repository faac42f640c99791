/** The lint of a render: checks the files that change, before they are put in place. */

import { join, relative } from "node:path";
import { counted } from "../base/counted.ts";
import { say } from "../languages/say.ts";
import { findShellcheck, shellcheckRemedy } from "../lint/find-shellcheck.ts";
import { openCache } from "../lint/findings-cache.ts";
import { lintKind } from "../lint/lint-files.ts";
import type { PathChange } from "../output/compare.ts";
import { ProblemError } from "./errors.ts";
import { lintWithProgress } from "./lint-progress.ts";
import { writeNote } from "./streams.ts";

/** @throws ProblemError if there are findings. Without a shellcheck it warns, and the render goes on. */
export async function lintNewOutput(
  folder: string,
  changes: readonly PathChange[],
  program: string | undefined,
): Promise<void> {
  const files = changes
    .filter(({ path, kind }) => kind !== "remove" && lintKind(path) !== null)
    .map(({ path }) => join(folder, path));
  if (files.length === 0) return;
  const shellcheck = findShellcheck({ option: program, environment: process.env, allowNpx: false });
  if (shellcheck === null) {
    writeNote(say`warning: scripts not linted, shellcheck is missing: ${shellcheckRemedy}`);
    return;
  }
  const findings = await lintWithProgress(files, shellcheck, openCache(shellcheck, process.env));
  if (findings.length === 0) return;
  const lines = findings.map(
    ({ file, line, column, code, message }) =>
      `  ${relative(folder, file)}:${line}:${column}: ${code} ${message}`,
  );
  throw new ProblemError(
    [
      say`nothing written: lint has ${counted(findings.length, "finding")} in the new files`,
      ...lines,
      say`Fix the template, or write them anyway with --no-lint.`,
    ].join("\n"),
  );
}
