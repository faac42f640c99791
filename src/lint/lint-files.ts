/** Checks files by their kind. */

import { readFileSync } from "node:fs";
import { checkUnit } from "./check-unit.ts";
import type { ShellcheckCommand } from "./find-shellcheck.ts";
import type { Finding } from "./finding.ts";
import { runShellcheck } from "./run-shellcheck.ts";

/** A file's kind, by its name; null: nothing here checks it. */
export function lintKind(file: string): "script" | "unit" | null {
  if (/\.(sh|init)$/.test(file)) return "script";
  return /\.(service|timer)$/.test(file) ? "unit" : null;
}

/** @throws ShellcheckError where it cannot be run; an error of the file system where a file cannot be read. */
export async function lintFiles(files: readonly string[], shellcheck: ShellcheckCommand): Promise<Finding[]> {
  const units = files.filter((file) => lintKind(file) === "unit");
  const scripts = files.filter((file) => lintKind(file) === "script");
  return [
    ...(scripts.length > 0 ? await runShellcheck(shellcheck, scripts) : []),
    ...units.flatMap((file) => checkUnit(file, readFileSync(file, "utf8"))),
  ];
}
