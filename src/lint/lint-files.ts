/** Checks files by their kind. */

import { readFileSync } from "node:fs";
import { checkUnit } from "./check-unit.ts";
import type { ShellcheckCommand } from "./find-shellcheck.ts";
import type { Finding } from "./finding.ts";
import { runShellcheck } from "./run-shellcheck.ts";
import { shapeOf } from "./shape.ts";

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
    ...(await lintScripts(scripts, shellcheck)),
    ...units.flatMap((file) => checkUnit(file, readFileSync(file, "utf8"))),
  ];
}

/** One script of each shape is checked; what is found in it holds for the others. */
async function lintScripts(files: readonly string[], shellcheck: ShellcheckCommand): Promise<Finding[]> {
  const byShape = new Map<string, [string, ...string[]]>();
  for (const file of files) {
    const shape = shapeOf(readFileSync(file, "utf8"));
    const group = byShape.get(shape);
    if (group === undefined) byShape.set(shape, [file]);
    else group.push(file);
  }
  const groups = new Map([...byShape.values()].map((group) => [group[0], group]));
  if (groups.size === 0) return [];
  const findings = await runShellcheck(shellcheck, [...groups.keys()]);
  return findings.flatMap((finding) =>
    (groups.get(finding.file) ?? []).map((file) => ({ ...finding, file })),
  );
}
