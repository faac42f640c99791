/** `lvsgen deploy`: copies the files to the hosts by ssh and starts them. */

import { counted } from "../base/counted.ts";
import { quoteWord } from "../base/quote-word.ts";
import { type DeployOptions, type DrainedOn, deploy } from "../deploy/deploy.ts";
import { type HostReport, isFailed } from "../deploy/report.ts";
import { dryRunText, howToGoOn, reportText } from "../deploy/report-text.ts";
import { say } from "../languages/say.ts";
import { compareOutput, type Scope } from "../output/compare.ts";
import { manifestName } from "../output/manifest.ts";
import { onFiles } from "../output/output-fault.ts";
import { readFolder } from "../output/read-folder.ts";
import { loadRenderer } from "../render/load-templates.ts";
import { renderEach } from "../render/render-each.ts";
import type { Cluster } from "../topology/model.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { renderCommandLine, staleText } from "./check-output.ts";
import { confirm } from "./confirm.ts";
import { drainable } from "./drained-server.ts";
import { type SshArguments, sshOptions, withHosts } from "./hosts-by-ssh.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import {
  hostFilter,
  ProblemError,
  templatesFolder,
  topologyFile,
  UsageError,
  writeData,
  writeNote,
} from "./shared.ts";

const options = {
  ...sshOptions,
  from: {
    kind: "path",
    value: "FOLDER",
    describe: "Deploy this folder's files, as reviewed; refused if stale or edited",
  },
  dryRun: { kind: "switch", describe: "Change nothing; print what would change on each host" },
  rollback: { kind: "switch", describe: "Start the previous version again" },
  try: {
    kind: "number",
    least: 5,
    most: 86_400,
    whole: true,
    describe: "Seconds after which a host undoes a change that lvsgen did not confirm",
  },
  yes: { kind: "switch", describe: "Go on where it would ask: somebody has drained a host" },
  templates: templatesFolder,
} as const;

type DeployArguments = SshArguments & Values<typeof options>;

export const deployCommand = defineCommand({ positionals: { file: topologyFile }, options }, run);

/** load -> render -> look at every host -> change them in order -> report. */
async function run(args: DeployArguments): Promise<void> {
  const trySeconds = checkOptions(args);
  const { cluster, digest } = await requireCluster(args);
  if (args.from !== undefined) await refuseStale(args, args.from, cluster, digest);
  const reports = await withHosts(args, cluster, whenAsked, ({ remotes, progress, signal }) => {
    if (!args.rollback) writeNote(originText(args));
    const options: DeployOptions = {
      action: args.dryRun ? "dry-run" : args.rollback ? "rollback" : "apply",
      trySeconds,
      parallel: args.parallel,
      signal,
      onProgress: (words) => progress.show(words),
      onDrained: async (all, isChange) => {
        progress.clear();
        const drained = known(all, cluster);
        for (const each of drained) writeNote(drainedNote(args, each));
        if (isChange && drained.length > 0) await confirm(drainedRisk(drained), args.yes);
      },
    };
    return deploy(inPriority(remotes, cluster.directors.hosts), options);
  });
  if (args.format === "json") writeReport("deploy", { dryRun: args.dryRun, hosts: reports });
  else writeOutcomes(args, reports);
  refuseFailures(args, reports);
}

/** A deployment never ends a drain: whoever began it may be at work there. A rollback to an lvsgen without drains does. */
function drainedNote({ file }: DeployArguments, { host, names, isEnded }: DrainedOn): string {
  const list = names.join(", ");
  if (isEnded)
    return say`${host} has drained ${list}, and the previous version, of an earlier lvsgen, ends that`;
  const undo = names.map((name) => `lvsgen undrain ${quoteWord(file)} ${name}`).join("; ");
  return say`${host} keeps ${list} drained, whatever the topology says. To end it: ${undo}`;
}

/** Without those that left the topology: hosts forget them. */
function known(drained: readonly DrainedOn[], cluster: Cluster): DrainedOn[] {
  const labels = new Set(drainable(cluster));
  return drained
    .map((each) => ({ ...each, names: each.names.filter((name) => labels.has(name)) }))
    .filter(({ names }) => names.length > 0);
}

function drainedRisk(drained: readonly DrainedOn[]): string {
  const names = [...new Set(drained.flatMap((each) => each.names))].join(", ");
  return say`somebody has drained ${names}, and may be at work there`;
}

function originText({ file, from }: DeployArguments): string {
  return from === undefined
    ? `rendering ${file} again to deploy it (--from FOLDER deploys a reviewed folder)`
    : `deploying the files in ${from}: they are what ${file} gives`;
}

/**
 * A fresh folder has the bytes of a render, so that what is deployed afterwards is what is in it.
 *
 * @throws ProblemError if it has not
 */
async function refuseStale(
  args: DeployArguments,
  out: string,
  cluster: Cluster,
  digest: string,
): Promise<void> {
  const { file, host, templates } = args;
  const folder = onFiles(out, () => readFolder(out), "read");
  if (folder.manifest === null)
    throw new UsageError(
      `--from ${out} has no ${manifestName} of lvsgen: run '${renderCommandLine({ file, out, host, templates })}' first`,
    );
  const artifacts = renderEach(cluster, await loadRenderer(templates), hostFilter(cluster, host));
  const scope: Scope = host === undefined ? "all" : { hosts: new Set(host) };
  const origin = { cluster: cluster.name, topology: digest };
  const comparison = compareOutput(artifacts, origin, scope, folder, { take: () => {} });
  const text = staleText({ file, out, host, templates }, cluster.name, comparison);
  if (text !== null) throw new ProblemError(`nothing deployed: ${text}`);
}

/** The seconds of --try, 0 without it. */
function checkOptions({ dryRun, rollback, from, try: seconds }: DeployArguments): number {
  if (dryRun && rollback) throw new UsageError("--dry-run and --rollback exclude each other");
  if (rollback && from !== undefined)
    throw new UsageError("--from has no effect with --rollback: hosts have their previous version");
  if (seconds === undefined) return 0;
  if (dryRun || rollback)
    throw new UsageError(`--try has no effect with --${dryRun ? "dry-run" : "rollback"}`);
  return seconds;
}

/** What the same deployment of other hosts needs, for a shell. */
function fileOptions({ from, templates }: DeployArguments): string {
  const option = (name: string, value: string | undefined): string =>
    value === undefined ? "" : ` --${name} ${quoteWord(value)}`;
  return `${option("from", from)}${option("templates", templates)}`;
}

/** The first Ctrl-C finishes the hosts in progress; the second one does not wait for them. */
const whenAsked = "starting no more hosts; waiting for those in progress (Ctrl-C again: do not wait)";

function inPriority<T extends { readonly name: string }>(
  remotes: readonly T[],
  directors: readonly string[],
): T[] {
  const place = ({ name }: T): number => directors.indexOf(name);
  return remotes.toSorted((a, b) => place(a) - place(b));
}

function writeOutcomes({ dryRun }: DeployArguments, reports: readonly HostReport[]): void {
  if (dryRun) {
    writeData(dryRunText(reports));
    writeNote(reportText(reports).trimEnd());
  } else writeData(reportText(reports));
}

/** @throws ProblemError when a host failed, or not all of them were started */
function refuseFailures(args: DeployArguments, reports: readonly HostReport[]): void {
  if (reports.some(isFailed)) {
    const failed = reports.filter(isFailed).length;
    throw new ProblemError(
      args.dryRun
        ? `cannot read the state of ${failed} of ${counted(reports.length, "host")}`
        : howToGoOn(reports, `lvsgen deploy ${quoteWord(args.file)}`, fileOptions(args)),
    );
  }
  const left = reports.filter(({ outcome }) => outcome === "untouched").map(({ host }) => host);
  if (left.length > 0)
    throw new ProblemError(`interrupted; not started: ${left.join(", ")}. Run the same command to continue.`);
}
