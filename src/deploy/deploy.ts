/** Deploys a cluster's files: looks at all hosts first, then changes one after the other, real servers first. */

import { randomBytes } from "node:crypto";
import { inParallel } from "../base/in-parallel.ts";
import type { FileChange } from "../output/compare.ts";
import { diffText } from "../output/diff-text.ts";
import { changeHost } from "./apply.ts";
import { differenceOf, drainedBy, type HostDifference, versionsOf } from "./look.ts";
import type { RemoteHost } from "./remote-host.ts";
import { type HostReport, isFailed, report } from "./report.ts";
import { HostFailed } from "./session.ts";

export interface DeployOptions {
  readonly action: "apply" | "rollback" | "dry-run";
  /** Seconds after which a host undoes an unconfirmed change; 0: never. */
  readonly trySeconds: number;
  /** Hosts at once. */
  readonly parallel: number;
  /** Aborted: begin no further host; finish those that are being changed. */
  readonly signal: AbortSignal;
  /** Gets a line about the progress. */
  readonly onProgress: (words: string) => void;
  /** Gets who is drained, before the first change. To end the deployment there, it throws. */
  readonly onDrained: (drained: readonly DrainedOn[], isChange: boolean) => Promise<void>;
}

/** Who is drained on a director. */
export interface DrainedOn {
  readonly host: string;
  /** Servers, or the director itself. */
  readonly names: readonly string[];
  /** Whether this deployment ends it: the earlier version knows of no drains. */
  readonly isEnded: boolean;
}

/**
 * Changes nothing unless every host was reached and accepts the change; stops at the first host that fails.
 *
 * @param remotes directors in order of priority
 */
export async function deploy(remotes: readonly RemoteHost[], options: DeployOptions): Promise<HostReport[]> {
  const looks = await lookAtAll(remotes, options);
  const drained = looks.flatMap((looked) => looked.drained ?? []);
  const isChange = options.action !== "dry-run" && looks.some(({ isSettled }) => !isSettled);
  const isRefused = options.signal.aborted || looks.some(({ dry }) => isFailed(dry));
  if (drained.length > 0 && !isRefused) await options.onDrained(drained, isChange);
  if (options.action === "dry-run") return looks.map(({ dry }) => dry);
  if (isRefused || options.signal.aborted) {
    return looks.map(({ dry }) => (isFailed(dry) ? dry : report(dry.host, "untouched")));
  }
  const settled = new Map(
    looks.filter(({ isSettled }) => isSettled).map(({ dry }) => [dry.host, report(dry.host, "unchanged")]),
  );
  const changed = await rollOut(
    remotes.filter(({ name }) => !settled.has(name)),
    options,
  );
  return remotes.map(({ name }) => settled.get(name) ?? changed.get(name) ?? report(name, "untouched"));
}

interface Looked {
  /** The host's report of a dry run. */
  readonly dry: HostReport;
  /** Nothing is left to do. */
  readonly isSettled: boolean;
  /** Null: nobody. */
  readonly drained: DrainedOn | null;
}

async function lookAtAll(remotes: readonly RemoteHost[], options: DeployOptions): Promise<Looked[]> {
  let count = 0;
  const results = await inParallel(
    remotes,
    options.parallel,
    async (remote) => {
      const looked = await look(remote, options);
      count += 1;
      options.onProgress(`looked at ${count} of ${remotes.length} hosts`);
      return looked;
    },
    () => !options.signal.aborted,
  );
  return results.map(
    (looked, at) =>
      looked ?? { dry: report(remotes[at]?.name ?? "", "untouched"), isSettled: false, drained: null },
  );
}

async function look(remote: RemoteHost, { action }: DeployOptions): Promise<Looked> {
  try {
    const answer = await remote.ask({ verb: "look", token: newToken(), trySeconds: 0 });
    if (answer.failed !== null) return obstacle(remote, answer.failed.words);
    const names = drainedBy(answer.parts);
    const versions = versionsOf(answer.parts);
    const isEnded = action === "rollback" && versions.undrains;
    const drained = names.length === 0 ? null : { host: remote.name, names, isEnded };
    if (action === "rollback") return { ...lookBack(remote, versions.hasPrevious), drained };
    const difference = differenceOf(remote.name, remote.artifacts, remote.installed, answer);
    if (difference.obstacle !== null) return obstacle(remote, difference.obstacle);
    return { dry: dryReport(remote, difference), isSettled: difference.isConverged, drained };
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return obstacle(remote, error.message, error.failure.remedy);
  }
}

function obstacle(remote: RemoteHost, words: string, remedy = ""): Looked {
  const dry = report(remote.name, "untouched", { isCause: true, words, remedy });
  return { dry, isSettled: false, drained: null };
}

function lookBack(remote: RemoteHost, hasPrevious: boolean): Looked {
  if (hasPrevious) return { dry: report(remote.name, "differs"), isSettled: false, drained: null };
  return obstacle(remote, "has no earlier version", "roll back the others with --host");
}

/** Only root may read such a file: it has a secret, which must not reach a terminal or a log. */
function isSecret({ after }: FileChange): boolean {
  return after !== null && (after.mode & 0o077) === 0;
}

function dryReport(remote: RemoteHost, { files, wants, isConverged }: HostDifference): HostReport {
  const place = ({ path }: FileChange): string => path.slice(remote.name.length);
  const others = files.filter((file) => file.before !== file.after?.text);
  const modes = files
    .filter((file) => !others.includes(file))
    .map((file) => `change the mode of ${place(file)}`);
  const secrets = others
    .filter(isSecret)
    .map((file) => `write ${place(file)} (not shown: it contains a secret)`);
  const isKept = files.length === 0 && wants.length === 0 && !isConverged;
  return report(remote.name, isConverged ? "unchanged" : "differs", {
    wants: [...modes, ...secrets, ...wants, ...(isKept ? ["keep this version for --rollback"] : [])],
    diff: others
      .filter((file) => !isSecret(file))
      .map(diffText)
      .join(""),
  });
}

/** Real servers before directors, so that a director never sends to a host that is not ready. */
async function rollOut(
  remotes: readonly RemoteHost[],
  options: DeployOptions,
): Promise<Map<string, HostReport>> {
  const reports = new Map<string, HostReport>();
  const goOn = (): boolean => !options.signal.aborted && ![...reports.values()].some(isFailed);
  const change = async (remote: RemoteHost): Promise<void> => {
    const { trySeconds } = options;
    const verb = options.action === "rollback" ? "rollback" : "apply";
    options.onProgress(`${remote.name}: ${verb === "apply" ? "putting it into service" : "rolling back"}`);
    reports.set(remote.name, await changeHost(remote, { verb, token: newToken(), trySeconds }));
    options.onProgress(`${reports.size} of ${remotes.length} hosts done`);
  };
  const directors = remotes.filter(({ isDirector }) => isDirector);
  await inParallel(
    remotes.filter(({ isDirector }) => !isDirector),
    options.parallel,
    change,
    goOn,
  );
  // The one with the highest priority last: it has the VIPs until then.
  await inParallel(directors.toReversed(), 1, change, goOn);
  return reports;
}

function newToken(): string {
  return randomBytes(8).toString("hex");
}
