/** Shared by retire and undeploy: takes lvsgen off hosts, with a question before the first change. */

import { counted } from "../base/counted.ts";
import type { LeavingHost } from "../deploy/retire/leaving-host.ts";
import type { RetiredHost } from "../deploy/retire/report.ts";
import { retireText, whyNotAll } from "../deploy/retire/report-text.ts";
import { retire } from "../deploy/retire/retire.ts";
import type { SessionSettings } from "../deploy/session.ts";
import { say } from "../languages/say.ts";
import type { Arguments, Values } from "./arguments.ts";
import { confirm } from "./confirm.ts";
import { type ConnectionArguments, withRemotes } from "./hosts-by-ssh.ts";
import { writeReport } from "./reports.ts";
import {
  ProblemError,
  type ReportFormat,
  templatesFolder,
  UsageError,
  writeData,
  writeNote,
} from "./shared.ts";

export const takeOffOptions = {
  dryRun: {
    kind: "switch",
    describe: "Change nothing; print what would be stopped, removed and restored",
  },
  yes: { kind: "switch", describe: "Do not ask; needed without a terminal" },
  templates: templatesFolder,
} as const satisfies Arguments;

type TakeOffArguments = ConnectionArguments &
  Values<typeof takeOffOptions> & { readonly format: ReportFormat };

interface Leaving {
  /** Of its report. */
  readonly command: "retire" | "undeploy";
  /** The cluster that hosts must be set up for; null: any. */
  readonly cluster: string | null;
  readonly connect: (settings: SessionSettings) => readonly LeavingHost[];
  /** The same command for some of the hosts only: its beginning, and what is before each name. */
  readonly again: readonly [whole: string, before: string];
}

/** @throws UsageError if nobody is there to be asked */
export function needYes({ dryRun, yes }: TakeOffArguments): void {
  if (!dryRun && !yes && !(process.stdin.isTTY && process.stderr.isTTY))
    throw new UsageError(say`without a terminal, use --yes (or --dry-run, which changes nothing)`);
}

/**
 * look at every host -> question -> change them in order -> report.
 *
 * @throws ProblemError when the answer is no, a host failed, or not all of them were begun
 */
export async function takeOff(args: TakeOffArguments, leaving: Leaving): Promise<void> {
  const hosts = await withRemotes(
    args,
    say`starting no more hosts; waiting for those in progress (Ctrl-C again: do not wait)`,
    leaving.connect,
    ({ remotes, progress, signal }) =>
      retire(remotes, {
        dryRun: args.dryRun,
        parallel: args.parallel,
        cluster: leaving.cluster,
        signal,
        onFound: async (found) => {
          progress.clear();
          if (!args.yes) await ask(found);
        },
        onProgress: (words) => progress.show(words),
      }),
  );
  if (args.format === "json") writeReport(leaving.command, { dryRun: args.dryRun, hosts });
  else writeData(retireText(hosts));
  const why = whyNot(args, hosts, leaving.again);
  if (why !== null) throw new ProblemError(why);
}

/** Of more hosts, neither all names nor what they have fit on a screen. */
const FEW = 10;

/**
 * Shows what goes, and asks.
 *
 * @throws ProblemError when the answer is no
 */
async function ask(hosts: readonly RetiredHost[]): Promise<void> {
  const due = hosts.filter(({ outcome }) => outcome === "found");
  const names = due
    .slice(0, FEW)
    .map(({ host }) => host)
    .join(", ");
  const more = due.length - FEW;
  if (more <= 0) writeNote(retireText(due).trimEnd());
  const risk =
    more > 0
      ? say`lvsgen is stopped and uninstalled on ${names} and ${more} more, and connections through it end (--dry-run shows what goes)`
      : say`lvsgen is stopped and uninstalled on ${names}, and connections through it end`;
  await confirm(risk, false);
}

function whyNot(
  { dryRun }: TakeOffArguments,
  hosts: readonly RetiredHost[],
  [whole, before]: Leaving["again"],
): string | null {
  if (!dryRun) return whyNotAll(hosts, whole, before);
  const failed = hosts.filter(({ isCause }) => isCause).length;
  return failed === 0 ? null : say`cannot read the state of ${failed} of ${counted(hosts.length, "host")}`;
}
