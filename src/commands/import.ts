/** `lvsgen import`: a running cluster -> a topology on standard output, and notes on standard error. */

import { counted, listed } from "../base/counted.ts";
import { ProgressLine } from "../base/progress-line.ts";
import {
  type Imported,
  type ImportOptions,
  importTopology,
  type Share,
  type Source,
} from "../import/import-topology.ts";
import { importCodes } from "../import/notes.ts";
import { notesText } from "../import/notes-text.ts";
import { writtenYaml } from "../import/topology-yaml.ts";
import { say } from "../languages/say.ts";
import { documentedOnly } from "../platforms/platforms.ts";
import { suggestSystem } from "../platforms/suggest-system.ts";
import { type CheckedTopology, checkTopology } from "../rules/check-topology.ts";
import { hasErrors } from "../topology/diagnostics.ts";
import { diagnosticsText } from "../topology/diagnostics-text.ts";
import { topologySchema } from "../topology/schema.ts";
import { expandShortForms } from "../topology/short-forms/expand.ts";
import { shorten } from "../topology/short-forms/shorten.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { readInclude } from "./read-include.ts";
import { readTopologyText } from "./read-topology.ts";
import { type ImportReport, writeReport } from "./reports.ts";
import { ProblemError, writeData, writeNote } from "./shared.ts";
import { isColored, progressStream, writeError } from "./streams.ts";

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
        "Output of 'ipvsadm -Sn', a keepalived.conf (of addresses without services: those of all hosts), or hand-written scripts (the director's and a real server's); recognised by content; - is standard input",
    },
  },
  options: {
    to: {
      kind: "choice",
      choices: ["yaml", "json"],
      default: "yaml",
      describe: "Write YAML with the notes as comments, or plain JSON",
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

/** read -> import -> check -> write the topology and the notes. */
function runImport(args: ImportArguments): void {
  const line = new ProgressLine(progressStream());
  const [first = "-", ...more] = args.files;
  const sources: [Source, ...Source[]] = [readSource(first), ...more.map(readSource)];
  if (sources.some(({ text }) => text.length > long)) line.show(say`reading …`);
  const imported = importTopology(sources, {
    addresses: optionalSource(args.addresses),
    timeouts: optionalSource(args.timeouts),
    configId: args.configId ?? null,
    os: args.os ?? null,
    name: args.name ?? null,
    readInclude,
  });
  if (Object.keys(imported.topology?.hosts ?? {}).length > 1000) line.show(say`writing …`);
  const written = writtenTopology(imported, args);
  line.clear();
  if (args.format === "json") writeReport("import", importReport(imported, written.checked));
  else writeAll(imported, written, sources);
  const words = summary(imported, written, first);
  if (written.text === null || hasErrors(written.checked?.diagnostics ?? [])) throw new ProblemError(words);
  writeNote(words);
}

/** Characters of a text whose import takes long enough to say so. */
const long = 200_000;

/** Hosts whose check takes longer than their import: the user runs it. */
const mostChecked = 20_000;

interface WrittenTopology {
  /** null if nothing was imported. */
  readonly text: string | null;
  /** null if nothing was imported, or too much. */
  readonly checked: CheckedTopology | null;
}

/** As `lvsgen validate` would check it: places are those of the text that is written. */
function writtenTopology({ topology, notes }: Imported, { to, format }: ImportArguments): WrittenTopology {
  if (topology === null) return { text: null, checked: null };
  const isReport = format === "json";
  const short = isReport ? topology : shorten(topology);
  const json = jsonText(short);
  const isYaml = !isReport && to === "yaml";
  const text = isYaml ? writtenYaml(short, notes, expandShortForms(short).source) : json;
  if (!isReport && Object.keys(topology.hosts).length > mostChecked) return { text, checked: null };
  const checked = checkTopology(json, "topology.json");
  // JSON is read faster, but people look for an error in what was written.
  const isElsewhere = isYaml && hasErrors(checked.diagnostics);
  return { text, checked: isElsewhere ? checkTopology(text, "topology.yaml") : checked };
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

function importReport(
  { topology, notes, services, servers, floatingAddresses }: Imported,
  checked: CheckedTopology | null,
): ImportReport {
  const own = notes.map(({ place, lost, ...note }) => ({
    ...note,
    file: place.source.name,
    line: place.line,
    column: place.column,
  }));
  const valid = checked !== null && checked.cluster !== null;
  return {
    valid,
    topology,
    services,
    servers,
    floatingAddresses,
    diagnostics: [...own, ...(checked?.diagnostics ?? [])],
  };
}

function writeAll({ notes }: Imported, { text, checked }: WrittenTopology, sources: readonly Source[]): void {
  const options = { color: isColored(), limit: shownNotes };
  for (const part of notesText(notes, sources, options)) writeError(part);
  const errors = (checked?.diagnostics ?? []).filter(({ severity }) => severity === "error");
  if (checked !== null && errors.length > 0)
    writeError(diagnosticsText(errors, say`topology`, checked.text, options).trimEnd());
  if (text !== null) writeData(text);
}

function summary(
  { topology, notes, services, servers, floatingAddresses }: Imported,
  { checked }: WrittenTopology,
  name: string,
): string {
  const shown = name === "-" ? say`standard input` : name;
  const shares =
    floatingAddresses.seen > 0
      ? shareText(floatingAddresses, addressesText(floatingAddresses.seen))
      : listed([
          shareText(services, counted(services.seen, "service")),
          shareText(servers, counted(servers.seen, "server")),
        ]);
  const warnings = counted(notes.filter(({ severity }) => severity === "warning").length, "warning");
  if (topology === null) {
    return services.seen + servers.seen > 0
      ? say`${shown}: not imported: ${shares}; ${warnings}`
      : say`${shown}: not imported`;
  }
  const errors = checked?.diagnostics.filter(({ severity }) => severity === "error").length ?? 0;
  const more = (checked?.diagnostics.length ?? 0) - errors;
  const parts = [
    listed([shares, counted(Object.keys(topology.hosts).length, "host")]),
    warnings,
    ...(errors > 0 ? [say`${counted(errors, "error")} in the topology: fix them`] : []),
    ...(more > 0 ? [say`${counted(more, "warning")} more: run 'lvsgen validate' on it`] : []),
    ...(checked === null ? [say`too many hosts to check here: run 'lvsgen validate' on it`] : []),
  ];
  return say`${shown}: imported: ${parts.reduce((before, part) => say`${before}; ${part}`)}`;
}

function addressesText(count: number): string {
  return count === 1 ? say`1 floating address` : say`${count} floating addresses`;
}

/** `4 of 6 services`, or `6 services` where all are. */
function shareText({ imported, seen }: Share, all: string): string {
  return imported === seen ? all : say`${imported} of ${all}`;
}
