/** `lvsgen import`: a running cluster -> a topology on standard output, and notes on standard error. */

import { counted } from "../base/counted.ts";
import {
  type Imported,
  type ImportNote,
  type ImportOptions,
  importTopology,
  type Source,
} from "../import/import-topology.ts";
import { importCodes } from "../import/notes.ts";
import { topologyYaml } from "../import/topology-yaml.ts";
import { documentedOnly } from "../platforms/platforms.ts";
import { suggestSystem } from "../platforms/suggest-system.ts";
import { type CheckedTopology, checkTopology } from "../rules/check-topology.ts";
import { hasErrors } from "../topology/diagnostics.ts";
import { diagnosticsText } from "../topology/diagnostics-text.ts";
import { topologySchema } from "../topology/schema.ts";
import { shorten } from "../topology/short-forms/shorten.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { readInclude } from "./read-include.ts";
import { readTopologyText } from "./read-topology.ts";
import { type ImportReport, writeReport } from "./reports.ts";
import { ProblemError, writeData, writeNote } from "./shared.ts";
import { isColored, writeError } from "./streams.ts";

/** How many notes the text shows; JSON has all. */
const shownNotes = 100;

const codesText = [
  "Codes of the notes:",
  ...Object.entries(importCodes).map(([code, { name }]) => `  ${code}  ${name}`),
].join("\n");

const data = {
  positionals: {
    files: {
      kind: "list",
      of: "path",
      value: "FILE",
      required: true,
      input: true,
      describe:
        "Output of 'ipvsadm -Sn', a keepalived.conf, or hand-written scripts (the director's and a real server's); recognised by content; - is standard input",
    },
  },
  options: {
    to: {
      kind: "choice",
      choices: ["json", "yaml"],
      default: "json",
      describe: "Write plain JSON, or YAML with comments at placeholders",
    },
    addresses: {
      kind: "path",
      value: "FILE",
      input: true,
      describe: "Output of 'ip -j addr' on the director",
    },
    timeouts: {
      kind: "path",
      value: "FILE",
      input: true,
      describe: "Output of 'ipvsadm -L --timeout' on the director",
    },
    os: {
      kind: "choice",
      choices: topologySchema.definitions?.os?.enum as readonly ImportOs[],
      hint: suggestSystem,
      describe: `Operating system of the hosts (not run in tests: ${documentedOnly.join(", ")})`,
    },
    name: { kind: "text", value: "NAME", describe: "Name of the cluster" },
    configId: {
      kind: "text",
      value: "ID",
      describe: "Read lines with @ in keepalived.conf for this id",
    },
    format: {
      kind: "choice",
      choices: ["text", "json"],
      default: "text",
      describe: "Report format; json is one object with the topology and the notes",
    },
  },
  epilogue: codesText,
} as const;

type ImportOs = NonNullable<ImportOptions["os"]>;

type ImportArguments = Values<typeof data.positionals> & Values<typeof data.options>;

export const importCommand = defineCommand(data, runImport);

function runImport(args: ImportArguments): void {
  const [first = "-", ...more] = args.files;
  const imported = importTopology([readSource(first), ...more.map(readSource)], {
    addresses: optionalSource(args.addresses),
    timeouts: optionalSource(args.timeouts),
    configId: args.configId ?? null,
    os: args.os ?? null,
    name: args.name ?? null,
    readInclude,
  });
  const checked = check(imported, args.format === "text");
  if (args.format === "json") writeReport("import", importReport(imported, checked));
  else writeTopology(imported, checked, args);
  const isGood = checked !== null && !hasErrors(checked.diagnostics);
  if (!isGood) throw new ProblemError(summary(imported, checked, first));
  writeNote(summary(imported, checked, first));
}

function readSource(name: string): Source {
  const text = readTopologyText(name);
  return { name, text: text.startsWith("\uFEFF") ? text.slice(1) : text };
}

function optionalSource(name: string | undefined): Source | null {
  return name === undefined ? null : readSource(name);
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** As `lvsgen validate` would: places are those of the text that is written. */
function check({ topology }: Imported, isShort: boolean): CheckedTopology | null {
  if (topology === null) return null;
  return checkTopology(jsonText(isShort ? shorten(topology) : topology), "topology.json");
}

function importReport({ topology, notes }: Imported, checked: CheckedTopology | null): ImportReport {
  const own = notes.map(({ place, ...note }) => ({
    ...note,
    file: place.source.name,
    line: place.line,
    column: place.column,
  }));
  const valid = checked !== null && checked.cluster !== null;
  return { valid, topology, diagnostics: [...own, ...(checked?.diagnostics ?? [])] };
}

function writeTopology(imported: Imported, checked: CheckedTopology | null, { to }: ImportArguments): void {
  const { topology, notes } = imported;
  for (const text of noteTexts(notes)) writeError(text.trimEnd());
  if (topology === null || checked === null) return;
  const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    writeError(
      diagnosticsText(errors, "topology", checked.text, { color: isColored(), limit: shownNotes }).trimEnd(),
    );
  writeData(to === "yaml" ? topologyYaml(topology, notes) : jsonText(shorten(topology)));
}

/** Notes of one file together, as each shows lines of its own text. */
function noteTexts(notes: readonly ImportNote[]): string[] {
  const sources = [...new Set(notes.map(({ place }) => place.source))];
  return sources.map((source) => {
    const own = notes
      .filter(({ place }) => place.source === source)
      .map(({ place, ...note }) => ({ ...note, pointer: "", line: place.line, column: place.column }));
    const name = source.name === "-" ? "standard input" : source.name;
    return diagnosticsText(own, name, source.text, { color: isColored(), limit: shownNotes });
  });
}

function summary({ topology, notes }: Imported, checked: CheckedTopology | null, name: string): string {
  const shown = name === "-" ? "standard input" : name;
  if (topology === null || checked === null) return `${shown}: not imported`;
  const { diagnostics } = checked;
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const parts = [
    `${counted(topology.virtualServices.length, "service")}, ${counted(Object.keys(topology.hosts).length, "host")}`,
    `${counted(notes.length, "warning")}`,
    ...(errors > 0 ? [`${counted(errors, "error")} in the topology: fix them`] : []),
    ...(warnings > 0 ? [`${counted(warnings, "warning")} more: run 'lvsgen validate' on it`] : []),
  ];
  return `${shown}: imported: ${parts.join("; ")}`;
}
