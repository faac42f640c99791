/** Brings a cluster's files to its hosts: look at all, then change one after the other, real servers first. */

import { randomBytes } from "node:crypto";
import { inParallel } from "../base/in-parallel.ts";
import type { FileChange } from "../output/compare.ts";
import { diffText } from "../output/diff-text.ts";
import { changeHost } from "./apply.ts";
import { differenceOf, type HostDifference, versionsOf } from "./look.ts";
import { type HostReport, isFailed, report } from "./report.ts";
import { HostFailed } from "./session.ts";
import type { Target } from "./target.ts";

export interface DeployOptions {
  readonly action: "apply" | "rollback" | "dry-run";
  /** Seconds after which a host undoes what was not confirmed; 0: never. */
  readonly trySeconds: number;
  /** Hosts at once. */
  readonly parallel: number;
  /** No further host is begun; those that are being changed come to their end. */
  readonly signal: AbortSignal;
  /** A line about what goes on. */
  readonly onProgress: (words: string) => void;
}

/**
 * Nothing is changed anywhere unless every host was reached and would take it; the first host that fails ends the
 * roll-out.
 *
 * @param targets directors in order of priority
 */
export async function deploy(targets: readonly Target[], options: DeployOptions): Promise<HostReport[]> {
  const looks = await lookAtAll(targets, options);
  if (options.action === "dry-run") return looks.map(({ dry }) => dry);
  if (options.signal.aborted || looks.some(({ dry }) => isFailed(dry))) {
    return looks.map(({ dry }) => (isFailed(dry) ? dry : report(dry.host, "untouched")));
  }
  const settled = new Map(
    looks.filter(({ isSettled }) => isSettled).map(({ dry }) => [dry.host, report(dry.host, "unchanged")]),
  );
  const changed = await rollOut(
    targets.filter(({ name }) => !settled.has(name)),
    options,
  );
  return targets.map(({ name }) => settled.get(name) ?? changed.get(name) ?? report(name, "untouched"));
}

interface Looked {
  /** The host's report of a dry run. */
  readonly dry: HostReport;
  /** Nothing is left to do. */
  readonly isSettled: boolean;
}

async function lookAtAll(targets: readonly Target[], options: DeployOptions): Promise<Looked[]> {
  let count = 0;
  const results = await inParallel(
    targets,
    options.parallel,
    async (target) => {
      const looked = await look(target, options);
      count += 1;
      options.onProgress(`looked at ${count} of ${targets.length} hosts`);
      return looked;
    },
    () => !options.signal.aborted,
  );
  return results.map(
    (looked, at) => looked ?? { dry: report(targets[at]?.name ?? "", "untouched"), isSettled: false },
  );
}

async function look(target: Target, { action }: DeployOptions): Promise<Looked> {
  try {
    const answer = await target.ask({ verb: "look", token: newToken(), trySeconds: 0 });
    if (answer.failed !== null) return obstacle(target, answer.failed.words);
    if (action === "rollback") return lookBack(target, versionsOf(answer.parts).hasPrevious);
    const difference = differenceOf(target.name, target.artifacts, target.installed, answer);
    if (difference.obstacle !== null) return obstacle(target, difference.obstacle);
    return { dry: dryReport(target, difference), isSettled: difference.isConverged };
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return obstacle(target, error.message, error.failure.remedy);
  }
}

function obstacle(target: Target, words: string, remedy = ""): Looked {
  return { dry: report(target.name, "untouched", { isCause: true, words, remedy }), isSettled: false };
}

function lookBack(target: Target, hasPrevious: boolean): Looked {
  if (hasPrevious) return { dry: report(target.name, "differs"), isSettled: false };
  return obstacle(target, "keeps no earlier version", "roll back the others with --host");
}

/** Only root may read it: it holds a secret, which is not for a terminal or a log. */
function isSecret({ after }: FileChange): boolean {
  return after !== null && (after.mode & 0o077) === 0;
}

function dryReport(target: Target, { files, wants, isConverged }: HostDifference): HostReport {
  const place = ({ path }: FileChange): string => path.slice(target.name.length);
  const others = files.filter((file) => file.before !== file.after?.text);
  const modes = files
    .filter((file) => !others.includes(file))
    .map((file) => `change the mode of ${place(file)}`);
  const secrets = others
    .filter(isSecret)
    .map((file) => `write ${place(file)}, not shown as it holds a secret`);
  const isKept = files.length === 0 && wants.length === 0 && !isConverged;
  return report(target.name, isConverged ? "unchanged" : "differs", {
    wants: [...modes, ...secrets, ...wants, ...(isKept ? ["keep this version for --rollback"] : [])],
    diff: others
      .filter((file) => !isSecret(file))
      .map(diffText)
      .join(""),
  });
}

/** Real servers before directors: a director sends to no host that is not ready. */
async function rollOut(targets: readonly Target[], options: DeployOptions): Promise<Map<string, HostReport>> {
  const reports = new Map<string, HostReport>();
  const goOn = (): boolean => !options.signal.aborted && ![...reports.values()].some(isFailed);
  const change = async (target: Target): Promise<void> => {
    const { trySeconds } = options;
    const verb = options.action === "rollback" ? "rollback" : "apply";
    options.onProgress(`${target.name}: ${verb === "apply" ? "putting it into service" : "rolling back"}`);
    reports.set(target.name, await changeHost(target, { verb, token: newToken(), trySeconds }));
    options.onProgress(`${reports.size} of ${targets.length} hosts done`);
  };
  const directors = targets.filter(({ isDirector }) => isDirector);
  await inParallel(
    targets.filter(({ isDirector }) => !isDirector),
    options.parallel,
    change,
    goOn,
  );
  // The one with the highest priority last: until then it carries the VIPs.
  await inParallel(directors.toReversed(), 1, change, goOn);
  return reports;
}

function newToken(): string {
  return randomBytes(8).toString("hex");
}
