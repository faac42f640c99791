/** Reads and checks a topology's file, and reports what it finds. */

import { counted } from "../base/counted.ts";
import { type CheckedTopology, checkLoaded } from "../rules/check-loaded.ts";
import { diagnosticsText } from "../topology/diagnostics-text.ts";
import { isJson, type Loaded, loadBy } from "../topology/load-by.ts";
import { secretReader } from "./read-secret.ts";
import { readTopologyText } from "./read-topology.ts";
import type { ReportFormat } from "./report-format.ts";
import { reportJson } from "./reports.ts";
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

/** Diagnostics and their count, for people. */
export function explain(checked: CheckedTopology, format: ReportFormat): string {
  const { diagnostics, name, text } = checked;
  const shownName = name === "-" ? "standard input" : name;
  const blocks = diagnosticsText(diagnostics, shownName, text, {
    color: isColored(),
    limit: shownDiagnostics,
  });
  return format === "json" ? countText(checked) : `${blocks}${countText(checked)}`;
}

export function diagnosticsJson({ diagnostics, cluster, name }: CheckedTopology): string {
  return reportJson("validate", { file: name, valid: cluster !== null, diagnostics });
}

function countText({ diagnostics, name }: CheckedTopology): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const worst = diagnostics.find(({ severity }) => severity === "error") ?? diagnostics[0];
  const more = worst === undefined ? "" : ` (lvsgen validate --explain ${worst.code} explains it)`;
  return `${name}: ${counted(errors, "error")}, ${counted(warnings, "warning")}${more}`;
}
