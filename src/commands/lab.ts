/** `lvsgen lab`: tests a topology in a real kernel. */

import { dirname, join, resolve } from "node:path";
import { counted } from "../base/counted.ts";
import { askedToEnd } from "../base/ending.ts";
import { isFolder } from "../base/is-folder.ts";
import { adaptToLab } from "../lab/adapt.ts";
import { LabBroken } from "../lab/backends/backend.ts";
import { missingCheckPrograms } from "../lab/check-programs.ts";
import type { LabEvent } from "../lab/events.ts";
import { prepareScripts } from "../lab/prepare.ts";
import { proveCluster } from "../lab/prove.ts";
import { junitReport } from "../lab/report/junit.ts";
import { Progress } from "../lab/report/progress.ts";
import { failedChecks, type LabReport } from "../lab/report/report.ts";
import { ScenarioLines } from "../lab/report/scenario-lines.ts";
import { KernelHeadings, type TargetKernels, targetKernels, targetText } from "../lab/report/targets.ts";
import { summaryText } from "../lab/report/text.ts";
import { ALL_SCENARIOS, DEFAULT_SCENARIOS, REBOOT, scenariosOf } from "../lab/scenarios/names.ts";
import type { Injection } from "../lab/spec.ts";
import { loadRenderer } from "../render/load-templates.ts";
import { renderEach } from "../render/render-each.ts";
import type { Cluster } from "../topology/model.ts";
import { type Argument, type Arguments, defineCommand, type Values } from "./arguments.ts";
import { givenOptions } from "./given-options.ts";
import { labDoctor, NEEDS_LINUX } from "./lab-doctor.ts";
import { kernelOptions, kernelPlan } from "./lab-kernels.ts";
import { NEEDS, repeatCommand } from "./lab-repeat.ts";
import { labRunReport } from "./lab-run-report.ts";
import { type AnyScenario, parseScenarios } from "./lab-scenarios.ts";
import { givenScripts, requireOwnChecks } from "./lab-scripts.ts";
import { reportJson } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import {
  hostFilter,
  onlyHosts,
  ProblemError,
  suggestHosts,
  templatesFolder,
  topologyFile,
  UsageError,
  writeData,
} from "./shared.ts";
import { isColored, progressStream, terminalColumns, writeNote } from "./streams.ts";

type LabFormat = "text" | "json" | "junit";

const options = {
  format: {
    kind: "choice",
    choices: ["text", "json", "junit"],
    default: "text",
    describe: "Report format",
  },
  scenario: {
    kind: "list",
    of: "text",
    value: "NAME",
    describe: `Only these: ${DEFAULT_SCENARIOS.join(", ")}; or ${REBOOT}, which boots each host's system`,
    suggest: async () => ALL_SCENARIOS,
  },
  ...kernelOptions,
  doctor: { kind: "switch", describe: "Say what this machine has and lacks for the lab; without FILE" },
  interpreter: {
    kind: "choice",
    choices: ["dash", "bash", "busybox", "yash"],
    describe: "Shell that runs the scripts; by default each host's own",
  },
  scripts: {
    kind: "path",
    value: "FOLDER",
    describe: "Test these scripts instead: <host>/lvs_dr.sh, lvs_rs.sh",
  },
  templates: templatesFolder,
  inject: {
    kind: "list",
    of: "text",
    value: "'HOST: COMMAND'",
    describe: "Command to run on a host before each scenario, and each time a scenario rebuilds it",
  },
  shell: {
    kind: "text",
    value: "HOST",
    describe: "Host to open a shell on after the checks",
    suggest: suggestHosts,
  },
  keep: { kind: "switch", describe: "Keep the lab after the checks until Ctrl-C" },
  host: { ...onlyHosts, describe: "reboot: only these hosts" },
  tree: {
    kind: "list",
    of: "path",
    value: "FOLDER",
    describe: "reboot: folder with a host's system; by default made with debootstrap as root",
  },
  verbose: { kind: "switch", describe: "Print each check as it ends, not only those that failed" },
  thorough: { kind: "switch", describe: "crash: inject every single fault" },
  timeout: {
    kind: "number",
    least: 0.001,
    most: 604_800,
    whole: false,
    default: 600,
    describe: "Seconds that a kernel may run",
  },
  kernels: { kind: "number", least: 1, most: 64, whole: true, default: 2, describe: "Kernels in parallel" },
} as const satisfies Arguments;

/** Left out with --doctor. */
const file = {
  kind: "path",
  value: "FILE",
  input: true,
  describe: topologyFile.describe,
} as const satisfies Argument;

type LabArguments = Values<typeof options> & { readonly file: string };

export const labCommand = defineCommand({ positionals: { file }, options }, labOrDoctor);

/** @throws UsageError for a topology that is missing, or one too many; LabBroken, or ProblemError, where there is no Linux */
async function labOrDoctor({
  doctor,
  file: given,
  ...args
}: Values<typeof options> & Values<{ file: typeof file }>) {
  if (doctor) {
    if (given !== undefined)
      throw new UsageError("--doctor looks at this machine alone: leave the topology out");
    const { doctor: _asked, ...others } = options;
    const [idle] = givenOptions(others, args);
    if (idle !== undefined) throw new UsageError(`${idle.split(" ")[0]} has no effect with --doctor`);
    if (process.platform !== "linux") throw new ProblemError(NEEDS_LINUX);
    return labDoctor();
  }
  if (given === undefined)
    throw new UsageError("missing argument file: a topology, or --doctor (see 'lvsgen lab --help')");
  if (process.platform !== "linux") throw new LabBroken(NEEDS_LINUX);
  return lab({ ...args, doctor, file: given });
}

/** load -> render -> prove -> report. */
async function lab(args: LabArguments): Promise<void> {
  const { cluster } = await requireCluster({
    file: args.file,
    format: args.format === "json" ? "json" : "text",
  });
  const injections = (args.inject ?? []).map((text) => parseInjection(cluster, text));
  const scenarios = args.scenario === undefined ? null : parseScenarios(args.scenario, cluster);
  hostFilter(cluster, args.host);
  const missing = missingCheckPrograms(cluster);
  if (args.scripts !== undefined) requireOwnChecks(cluster, missing);
  checkRebootOptions(args, scenarios);
  if (args.shell !== undefined) requireTerminal(cluster, args.shell, args.keep);
  const { backend, choices } = kernelPlan(args);
  const adapted = adaptToLab(cluster, missing);
  if (injections.length > 0 && scenarios?.includes(REBOOT))
    writeNote(`${REBOOT} boots systems of its own: --inject does not reach it`);
  const prepared =
    args.scripts === undefined
      ? prepareScripts(renderEach(adapted.cluster, await loadRenderer(args.templates)))
      : { folder: givenScripts(args.scripts), clean: () => {} };
  const progress = new Progress(progressStream(), args.shell === undefined);
  const lines = new ScenarioLines({
    scenarios: choices.flatMap((): readonly string[] => scenarios ?? scenariosOf(cluster)),
    color: isColored("stdout"),
    columns: terminalColumns(),
    verbose: args.verbose,
  });
  const kernels = new KernelHeadings();
  const stop = askedToEnd();
  try {
    const report = await proveCluster(adapted.cluster, prepared.folder, {
      backend,
      choices,
      interpreter: args.interpreter ?? null,
      guest: null,
      shell: args.shell ?? null,
      keep: args.keep,
      thorough: args.thorough,
      timeout: args.timeout,
      kernels: args.kernels,
      scenarios,
      hosts: args.host ?? null,
      trees: (args.tree ?? []).map((folder) => resolve(folder)),
      injections,
      replaced: adapted.replaced,
      signal: stop.signal,
      onEvent: (event) => {
        if (choices.length > 1) writeLines(args.format, progress, kernels.heading(event));
        show(args.format, progress, lines, event);
      },
    });
    writeLines(args.format, progress, lines.rest());
    writeFindings(args, report, targetKernels(adapted.cluster));
  } finally {
    // After a run that broke, what it had found.
    writeLines(args.format, progress, lines.rest());
    stop.release();
    prepared.clean();
  }
}

function show(format: LabFormat, progress: Progress, lines: ScenarioLines, event: LabEvent): void {
  const text = lines.note(event);
  if (text !== "") writeLines(format, progress, text);
  if (event.type === "note") {
    progress.clear();
    writeNote(event.text);
  }
  if (event.type === "kept") {
    progress.clear();
    writeNote(keptText(event.door, event.hosts));
  } else progress.note(event, lines.count);
}

function writeLines(format: LabFormat, progress: Progress, text: string): void {
  progress.clear();
  if (format === "text" && text !== "") writeData(text);
}

/** How to enter the lab. */
function keptText(door: string, hosts: readonly string[]): string {
  return [
    `The lab runs until Ctrl-C (or kill ${process.pid}). Its scripts are started. From another terminal:`,
    `  ${join(dirname(door), "on")} ${hosts[0]} ip addr`,
    `Hosts: ${hosts.join(", ")}`,
  ].join("\n");
}

/** @throws UsageError without a terminal: a shell would wait for ever, or end at once */
function requireTerminal(cluster: Cluster, host: string, keep: boolean): void {
  hostFilter(cluster, [host]);
  if (keep) throw new UsageError("--shell and --keep exclude each other");
  if (!process.stdin.isTTY)
    throw new UsageError("--shell needs a terminal on standard input: without one use --keep or --inject");
}

/** @throws ProblemError when a check failed, or nothing was tried */
function writeFindings(args: LabArguments, report: LabReport, targets: readonly TargetKernels[]): void {
  const failed = failedChecks(report);
  const scenarios = failed.map(({ scenario }) => scenario);
  const repeat = repeatCommand(options, args, scenarios);
  const writers: Record<LabFormat, () => string> = {
    text: () => `${summaryText(report)}${targetText(targets)}${repeat === null ? "" : `again: ${repeat}\n`}`,
    json: () => reportJson("lab", labRunReport(report, targets, repeat)),
    junit: () => junitReport(report),
  };
  writeData(writers[args.format]());
  if (failed.length > 0)
    throw new ProblemError(`${failed.length} of ${counted(report.checks.length, "check")} failed`);
  if (report.checks.length === 0) throw new ProblemError("nothing was tried, so nothing is proven");
}

/** Options without effect on the chosen scenarios are refused, not ignored. */
function checkRebootOptions(args: LabArguments, scenarios: readonly AnyScenario[] | null): void {
  const reboots = scenarios?.includes(REBOOT) ?? false;
  const alone = reboots && scenarios?.every((name) => name === REBOOT);
  for (const [name, needs] of Object.entries(NEEDS)) {
    const fits = needs === REBOOT ? reboots : !alone;
    if (args[name as keyof LabArguments] === undefined || fits) continue;
    throw new UsageError(
      alone ? `--${name} has no effect with --scenario ${REBOOT}` : `--${name} needs --scenario ${REBOOT}`,
    );
  }
  for (const folder of args.tree ?? []) {
    if (!isFolder(folder)) throw new UsageError(`--tree ${folder}: no such folder`);
  }
}

function parseInjection(cluster: Cluster, text: string): Injection {
  const [, host = "", command = ""] = /^([^:\s]+)\s*:\s*(.+)$/s.exec(text) ?? [];
  if (command === "") throw new UsageError(`--inject ${JSON.stringify(text)}: write 'HOST: command'`);
  hostFilter(cluster, [host]);
  return { host, command };
}
