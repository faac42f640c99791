/** `lvsgen deploy`: copies the files to the hosts by ssh and starts them. */

import { counted } from "../base/counted.ts";
import { type DeployOptions, deploy } from "../deploy/deploy.ts";
import { type HostReport, isFailed } from "../deploy/report.ts";
import { dryRunText, howToGoOn, reportText } from "../deploy/report-text.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { type SshArguments, sshOptions, withHosts } from "./hosts-by-ssh.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, templatesFolder, topologyFile, UsageError, writeData, writeNote } from "./shared.ts";

const options = {
  ...sshOptions,
  dryRun: { kind: "switch", describe: "Change nothing; print what would change on each host" },
  rollback: { kind: "switch", describe: "Start the previous version again" },
  try: {
    kind: "number",
    least: 5,
    most: 86_400,
    whole: true,
    describe: "Seconds after which a host undoes a change that lvsgen did not confirm",
  },
  templates: templatesFolder,
} as const;

type DeployArguments = SshArguments & Values<typeof options>;

export const deployCommand = defineCommand({ positionals: { file: topologyFile }, options }, run);

/** load -> render -> look at every host -> change them in order -> report. */
async function run(args: DeployArguments): Promise<void> {
  const trySeconds = checkOptions(args);
  const { cluster } = await requireCluster(args);
  const reports = await withHosts(args, cluster, whenAsked, ({ remotes, progress, signal }) => {
    const options: DeployOptions = {
      action: args.dryRun ? "dry-run" : args.rollback ? "rollback" : "apply",
      trySeconds,
      parallel: args.parallel,
      signal,
      onProgress: (words) => progress.show(words),
    };
    return deploy(inPriority(remotes, cluster.directors.hosts), options);
  });
  if (args.format === "json") writeReport("deploy", { dryRun: args.dryRun, hosts: reports });
  else writeOutcomes(args, reports);
  refuseFailures(args, reports);
}

/** The seconds of --try, 0 without it. */
function checkOptions({ dryRun, rollback, try: seconds }: DeployArguments): number {
  if (dryRun && rollback) throw new UsageError("--dry-run and --rollback exclude each other");
  if (seconds === undefined) return 0;
  if (dryRun || rollback)
    throw new UsageError(`--try has no effect with --${dryRun ? "dry-run" : "rollback"}`);
  return seconds;
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
function refuseFailures({ file, dryRun }: DeployArguments, reports: readonly HostReport[]): void {
  if (reports.some(isFailed)) {
    const failed = reports.filter(isFailed).length;
    throw new ProblemError(
      dryRun
        ? `cannot read the state of ${failed} of ${counted(reports.length, "host")}`
        : howToGoOn(reports, `lvsgen deploy ${file}`),
    );
  }
  const left = reports.filter(({ outcome }) => outcome === "untouched").map(({ host }) => host);
  if (left.length > 0)
    throw new ProblemError(`interrupted; not started: ${left.join(", ")}. Run the same command to continue.`);
}
