/** `lvsgen lint`: shellcheck, unit and manifest checks over generated files. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { counted } from "../base/counted.ts";
import { inLanguage, say } from "../languages/say.ts";
import { checkManifest } from "../lint/check-manifest.ts";
import { findShellcheck, shellcheckRemedy } from "../lint/find-shellcheck.ts";
import type { Finding } from "../lint/finding.ts";
import { noCache, openCache } from "../lint/findings-cache.ts";
import { lintKind } from "../lint/lint-files.ts";
import { readFolder } from "../output/read-folder.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { ProblemError, UsageError } from "./errors.ts";
import { lintWithProgress } from "./lint-progress.ts";
import { writeReport } from "./reports.ts";
import { muteNotes, quietSwitch, type ReportFormat, reportFormat, writeNote } from "./shared.ts";

const data = {
  positionals: {
    paths: { kind: "list", of: "path", value: "PATH", default: ["out"], describe: "Folders or files" },
  },
  options: {
    shellcheck: { kind: "path", value: "PROGRAM", describe: "The shellcheck program" },
    cache: {
      kind: "switch",
      default: true,
      describe: "Reuse findings of unchanged files; --no-cache checks them again",
    },
    format: reportFormat,
    quiet: quietSwitch,
  },
} as const;

type LintArguments = Values<typeof data.positionals> & Values<typeof data.options>;

export const lintCommand = defineCommand(data, lint);

async function lint({ paths, shellcheck: option, cache, format, quiet }: LintArguments): Promise<void> {
  if (quiet) muteNotes();
  const read = paths.map(readPath);
  const shellcheck = findShellcheck({ option, environment: process.env, allowNpx: true });
  if (shellcheck === null) throw new UsageError(say`shellcheck is missing: ${inLanguage(shellcheckRemedy)}`);
  const files = read.flatMap((each) => each.files);
  const findings = [
    ...read.flatMap((each) => each.findings),
    ...(await lintWithProgress(files, shellcheck, cache ? openCache(shellcheck, process.env) : noCache)),
  ];
  if (format === "json") writeReport("lint", { files: files.length, findings });
  if (findings.length > 0)
    throw new ProblemError([...lines(format, findings), summary(files, findings)].join("\n"));
  writeNote(summary(files, findings));
}

/** A folder's generated files, or all that can be linted if it has no manifest; or the file itself. */
function readPath(path: string): { files: string[]; findings: Finding[] } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    throw new UsageError(say`${path} does not exist: run 'lvsgen render' first, or give another folder`);
  if (!stat.isDirectory()) {
    if (!stat.isFile()) throw new UsageError(say`${path} is neither a file nor a folder`);
    if (lintKind(path) === null)
      throw new UsageError(say`${path} is neither a script (.sh, .init) nor a unit (.service, .timer)`);
    return { files: [path], findings: [] };
  }
  const folder = readFolder(path);
  const names = folder.manifest ? Object.keys(folder.manifest.files) : [...folder.entries.keys()];
  const files = names.filter((name) => lintKind(name) !== null && folder.entries.get(name)?.kind === "file");
  if (files.length === 0) throw new UsageError(say`${path} has nothing to lint`);
  return {
    files: files.map((name) => join(path, name)),
    findings: checkManifest(folder).map((finding) => ({ ...finding, file: join(path, finding.file) })),
  };
}

function lines(format: ReportFormat, findings: readonly Finding[]): string[] {
  if (format === "json") return [];
  return findings.map(
    ({ file, line, column, code, message }) => `${file}:${line}:${column}: ${code} ${message}`,
  );
}

function summary(files: readonly string[], findings: readonly Finding[]): string {
  return say`${counted(files.length, "file")} linted, ${counted(findings.length, "finding")}`;
}
