/** Reads and checks a topology's file, and reports what it finds. */

import { counted, listed } from "../base/counted.ts";
import { say } from "../languages/say.ts";
import { type CheckedTopology, checkLoaded } from "../rules/check-loaded.ts";
import { diagnosticsText } from "../topology/diagnostics-text.ts";
import { isJson, type Loaded, loadBy } from "../topology/load-by.ts";
import { secretReader } from "./read-secret.ts";
import { readTopologyText } from "./read-topology.ts";
import type { ReportFormat } from "./report-format.ts";
import { reportJson, type ValidateReport } from "./reports.ts";
import { isColored } from "./streams.ts";

/**
 * @param text of the file, if it has been read
 * @throws UsageError if the file cannot be read
 */
export async function checkFile(file: string, text = readTopologyText(file)): Promise<CheckedFile> {
  const read = secretReader(file);
  let readsSecrets = false;
  const checked = checkLoaded(await load(text, file), (source) => {
    readsSecrets = true;
    return read(source);
  });
  return { ...checked, readsSecrets };
}

export interface CheckedFile extends CheckedTopology {
  /** Whether something outside the text was read. */
  readonly readsSecrets: boolean;
}

/** The reader of YAML is larger than all rules together, and only YAML needs it. */
async function load(text: string, name: string): Promise<Loaded> {
  if (isJson(text, name)) return loadBy(text, name, noYaml);
  const { loadYaml } = await import("../topology/load-yaml.ts");
  return loadBy(text, name, loadYaml);
}

function noYaml(): never {
  throw new Error("a text that is JSON was read as YAML");
}

/** How many diagnostics the text shows; JSON has all. */
const shownDiagnostics = 100;

export interface ExplainOptions {
  readonly format: ReportFormat;
  /** Warnings fail. */
  readonly strict?: boolean;
  /** Without warnings that do not fail. */
  readonly quiet?: boolean;
}

/** Diagnostics and their count, for people. */
export function explain(checked: CheckedTopology, options: ExplainOptions): string {
  const { diagnostics, name, text } = checked;
  const count = countText(checked, options);
  if (options.format === "json") return count;
  const shownName = name === "-" ? say`standard input` : name;
  const shown =
    options.quiet && !options.strict
      ? diagnostics.filter(({ severity }) => severity === "error")
      : diagnostics;
  const blocks = diagnosticsText(shown, shownName, text, { color: isColored(), limit: shownDiagnostics });
  return `${blocks}${count}`;
}

/** Whether it stops a command. */
export function isRefused({ cluster, diagnostics }: CheckedTopology, strict: boolean): boolean {
  return cluster === null || (strict && diagnostics.length > 0);
}

export function validateReport({ diagnostics, ignored, cluster, name }: CheckedTopology): ValidateReport {
  return { file: name, valid: cluster !== null, diagnostics, ignored };
}

export function diagnosticsJson(checked: CheckedTopology): string {
  return reportJson("validate", validateReport(checked));
}

function countText(
  { diagnostics, ignored, name, cluster }: CheckedTopology,
  { strict }: ExplainOptions,
): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const worst = diagnostics.find(({ severity }) => severity === "error") ?? diagnostics[0];
  const counts = listed([
    counted(errors, "error"),
    counted(warnings, "warning"),
    ...(ignored === 0 ? [] : [say`${ignored} ignored`]),
  ]);
  const all =
    worst === undefined
      ? say`${name}: ${counts}`
      : say`${name}: ${counts} (lvsgen validate --explain ${worst.code} explains it)`;
  return strict && cluster !== null && warnings > 0 ? say`${all}; warnings fail (--strict)` : all;
}
