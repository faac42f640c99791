/** Checks files by their kind. */

import { readFileSync } from "node:fs";
import { sha256Hex } from "../base/digest.ts";
import { checkUnit } from "./check-unit.ts";
import type { ShellcheckCommand } from "./find-shellcheck.ts";
import type { Finding } from "./finding.ts";
import { type FindingInText, type FindingsCache, noCache } from "./findings-cache.ts";
import { type OnChecked, runShellcheck } from "./run-shellcheck.ts";
import { shapeOf } from "./shape.ts";

/** A file's kind, by its name; null: nothing here checks it. */
export function lintKind(file: string): "script" | "unit" | null {
  if (/\.(sh|init)$/.test(file)) return "script";
  return /\.(service|timer)$/.test(file) ? "unit" : null;
}

/** @throws ShellcheckError where it cannot be run; an error of the file system where a file cannot be read. */
export async function lintFiles(
  files: readonly string[],
  shellcheck: ShellcheckCommand,
  cache: FindingsCache = noCache,
  onChecked?: OnChecked,
): Promise<Finding[]> {
  const units = files.filter((file) => lintKind(file) === "unit");
  const scripts = files.filter((file) => lintKind(file) === "script").map(readScript);
  const unknown = scripts.filter(({ digest }) => cache.find(digest) === undefined);
  const found = await lintScripts(unknown, shellcheck, onChecked);
  for (const [{ digest }, findings] of found) cache.keep(digest, findings);
  cache.save();
  return [
    ...scripts.flatMap((script) => inFile(script.file, found.get(script) ?? cache.find(script.digest) ?? [])),
    ...units.flatMap((file) => checkUnit(file, readFileSync(file, "utf8"))),
  ];
}

interface Script {
  readonly file: string;
  /** SHA-256 of its text: the text itself is read again where it is needed. */
  readonly digest: string;
}

function readScript(file: string): Script {
  return { file, digest: sha256Hex(readFileSync(file)) };
}

function inFile(file: string, findings: readonly FindingInText[]): Finding[] {
  return findings.map((finding) => ({ file, ...finding }));
}

/** One script of each shape is checked; what is found in it holds for the others. */
async function lintScripts(
  scripts: readonly Script[],
  shellcheck: ShellcheckCommand,
  onChecked: OnChecked | undefined,
): Promise<Map<Script, readonly FindingInText[]>> {
  const groups = groupBy(scripts, ({ file }) => sha256Hex(shapeOf(readFileSync(file, "utf8"))));
  const first = [...groups.values()].flatMap(([script]) => script?.file ?? []);
  if (first.length === 0) return new Map();
  const findings = groupBy(await runShellcheck(shellcheck, first, onChecked), ({ file }) => file);
  const found = new Map<Script, readonly FindingInText[]>();
  for (const group of groups.values()) {
    const own = (findings.get(group[0]?.file ?? "") ?? []).map(({ file: _, ...rest }) => rest);
    for (const script of group) found.set(script, own);
  }
  return found;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
