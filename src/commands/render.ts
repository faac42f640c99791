/** `lvsgen render`: scripts and units for every host. */

import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { atEnd } from "../base/ending.ts";
import { ProgressLine } from "../base/progress-line.ts";
import { say } from "../languages/say.ts";
import { compareOutput, type Scope } from "../output/compare.ts";
import { diffText } from "../output/diff-text.ts";
import { type KnownOutput, knownOutput, stampsOf, type Untouched } from "../output/known-output.ts";
import { manifestName } from "../output/manifest.ts";
import { onFiles } from "../output/output-fault.ts";
import { readFolder } from "../output/read-folder.ts";
import { realPlace } from "../output/real-place.ts";
import { isRedacted, redact } from "../output/redact.ts";
import { openOutput, recoverOutput } from "../output/write-folder.ts";
import { ansibleFolder } from "../render/ansible/layout.ts";
import type { Artifact } from "../render/artifact.ts";
import { loadRenderer } from "../render/load-templates.ts";
import { renderEach } from "../render/render-each.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import { lintNewOutput } from "./lint-new-output.ts";
import { readTopologyText } from "./read-topology.ts";
import { inputsDigest } from "./render-inputs.ts";
import {
  nothingChanged,
  refuseConflicts,
  refuseOtherCluster,
  reportCheck,
  reportDiff,
  reportWritten,
} from "./render-report.ts";
import { requireCluster } from "./require-cluster.ts";
import {
  hostFilter,
  muteNotes,
  onlyHosts,
  quietSwitch,
  reportFormat,
  strictSwitch,
  type TopologyArguments,
  templatesFolder,
  topologyFile,
} from "./shared.ts";
import { progressStream, writeData, writeNote } from "./streams.ts";

/** Between two lines of progress: these take some tenths of a second. */
const hostsAtATime = 100;

const options = {
  format: reportFormat,
  out: { kind: "path", value: "FOLDER", default: "out", describe: "Folder to write to" },
  host: onlyHosts,
  check: { kind: "switch", describe: "Write nothing; exit 1 if the folder is stale or edited" },
  diff: { kind: "switch", describe: "Write nothing; print the changes as a unified diff" },
  write: { kind: "switch", describe: "With --diff: write, too" },
  stdout: { kind: "switch", describe: "Print the files instead of writing them" },
  templates: templatesFolder,
  lint: {
    kind: "switch",
    default: true,
    describe: "Check with shellcheck before writing; --no-lint turns it off",
  },
  shellcheck: { kind: "path", value: "PROGRAM", describe: "The shellcheck program" },
  strict: strictSwitch,
  quiet: quietSwitch,
  force: {
    kind: "switch",
    describe: "Overwrite files that were edited by hand, and another cluster's output",
  },
} as const;

type RenderArguments = TopologyArguments & Values<typeof options>;

export const renderCommand = defineCommand({ positionals: { file: topologyFile }, options }, render);

/** load -> rules -> plan -> render -> compare, and write a new folder -> lint -> replace the old one. */
async function render(args: RenderArguments): Promise<void> {
  if (args.quiet) muteNotes();
  if (args.stdout && (args.check || args.diff)) {
    throw new UsageError(
      say`--stdout and --check or --diff exclude each other: --stdout prints the files themselves`,
    );
  }
  if (args.format === "json" && (args.stdout || args.diff))
    throw new UsageError(
      say`--format json and ${args.stdout ? "--stdout" : "--diff"} exclude each other: json is one report`,
    );
  if (args.write && (args.stdout || args.check))
    throw new UsageError(
      args.stdout
        ? say`--write and --stdout exclude each other: --stdout writes nothing`
        : say`--write and --check exclude each other: --check writes nothing`,
    );
  const writes = !args.check && (!args.diff || args.write);
  onFiles(args.out, () => refusePlace(args.out));
  const text = readTopologyText(args.file);
  const known = knownBefore(args, text);
  const untouched = known === null ? null : onFiles(args.out, () => findUntouched(args.out, known));
  if (untouched !== null) {
    reportWritten(args, { ...nothingChanged, ...untouched });
    return;
  }
  const { cluster, digest, isByTextAlone } = await requireCluster(args, text);
  const selected = hostFilter(cluster, args.host);
  const artifacts = renderEach(cluster, await loadRenderer(args.templates), selected);
  if (args.stdout) {
    printFiles(artifacts);
    return;
  }
  const scope: Scope = args.host === undefined ? "all" : { hosts: new Set(args.host) };
  if (writes) onFiles(args.out, () => recoverOutput(args.out));
  const readTime = Date.now();
  const folder = onFiles(args.out, () => readFolder(args.out));
  const output = openOutput(args.out, folder);
  const forget = atEnd(() => output.clean());
  const differences = new Map<string, string>();
  const origin = { cluster: cluster.name, topology: digest };
  try {
    const comparison = onFiles(args.out, () =>
      compareOutput(withProgress(artifacts, cluster.hosts.size), origin, scope, folder, {
        ...(writes ? { digests: output.digests } : {}),
        take: (change) => {
          if (args.diff) differences.set(change.path, diffText(change));
          if (writes) output.take(change);
        },
      }),
    );
    if (args.diff) writeData(comparison.changes.map(({ path }) => differences.get(path)).join(""));
    if (args.check) {
      reportCheck(args, cluster.name, comparison);
      return;
    }
    if (!writes) {
      reportDiff(args, cluster.name, comparison);
      return;
    }
    refuseOtherCluster(args, cluster.name, comparison);
    refuseConflicts(args, comparison);
    const finished = onFiles(args.out, () => output.finish(comparison));
    if (finished !== null) {
      if (args.lint) await lintNewOutput(finished.folder, comparison.changes, args.shellcheck);
      // Ctrl-C until now keeps the old output.
      await signalsTaken();
      const commitTime = Date.now();
      onFiles(args.out, () => finished.commit());
      if (isByTextAlone && comparison.unchanged === 0)
        known?.remember(
          new Map(finished.written.map(({ path, stamp }) => [path, stamp])),
          comparison.manifestDigest,
          commitTime,
        );
    } else if (isByTextAlone) {
      const paths = [...Object.keys(folder.manifest?.files ?? {}), manifestName];
      known?.remember(stampsOf(folder, paths), comparison.manifestDigest, readTime);
    }
    reportWritten(args, comparison);
    for (const { path } of finished?.written.filter(({ isExposed }) => isExposed) ?? [])
      writeNote(
        say`warning: other users can read ${args.out}/${path}, which has a password: the file system does not store modes. Render to another file system`,
      );
  } finally {
    output.clean();
    forget();
  }
}

/** What the last render of all hosts left there; null for commands that must read the files themselves. */
function knownBefore(args: RenderArguments, text: string): KnownOutput | null {
  const { out, file, host, check, diff, stdout, templates, force } = args;
  if (host !== undefined || templates !== undefined || check || diff || stdout || force) return null;
  const inputs = inputsDigest(file, text);
  return inputs === null ? null : knownOutput(out, inputs, process.env);
}

function findUntouched(out: string, known: KnownOutput): Untouched | null {
  recoverOutput(out);
  return known.findUntouched();
}

/** Says on the terminal at which host the render is. */
function* withProgress(artifacts: Iterable<Artifact>, hosts: number): Generator<Artifact> {
  const line = new ProgressLine(progressStream());
  let host = "";
  let done = 0;
  for (const artifact of artifacts) {
    const folder = artifact.path.split("/", 1)[0] ?? "";
    if (folder !== host && folder !== ansibleFolder) {
      host = folder;
      done += 1;
      if (done % hostsAtATime === 0) line.show(say`rendering: ${done} of ${hosts} hosts`);
    }
    yield artifact;
  }
  line.clear();
}

/** Node handles signals between two turns of its loop. */
function signalsTaken(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function printFiles(artifacts: Iterable<Artifact>): void {
  let before = "";
  for (const artifact of artifacts) {
    writeData(`${before}==> ${artifact.path} <==\n${redact(artifact.text)}`);
    if (isRedacted(artifact)) writeNote(say`password of ${artifact.path} not shown`);
    before = "\n";
  }
}

/** The folder is replaced as a whole: never the current folder or one around it. */
function refusePlace(out: string): void {
  const way = relative(realPlace(out), realpathSync("."));
  if (way.split(sep)[0] !== "..") {
    throw new UsageError(
      say`--out ${out} is the current folder, or around it: use a folder for the output alone`,
    );
  }
}
