/** Deploys to one host. */

import { setTimeout as wait } from "node:timers/promises";
import type { HostAnswer } from "./answer.ts";
import { type Versions, versionsOf } from "./look.ts";
import type { RemoteHost } from "./remote-host.ts";
import { type HostReport, type Outcome, report } from "./report.ts";
import { HostFailed } from "./session.ts";

export interface Change {
  readonly verb: "apply" | "rollback";
  readonly token: string;
  readonly trySeconds: number;
}

/** Seconds for a host to come back after a lost connection, in addition to those of a trial. */
const PATIENCE = 90;

/** Seconds between two looks at a host that does not answer. */
const PAUSE = 2;

/** Changes a host and finds out the result. Faults of the host do not throw. */
export async function changeHost(remote: RemoteHost, change: Change): Promise<HostReport> {
  try {
    const answer = await remote.ask(change);
    if (answer.failed !== null) return failedReport(remote, answer);
    if (answer.parts.has("trial")) return await confirm(remote, change);
    return report(remote.name, "done");
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return findOut(remote, change, error);
  }
}

const outcomes = { untouched: "untouched", changed: "failed", undone: "undone" } as const;

function failedReport(remote: RemoteHost, { failed }: HostAnswer): HostReport {
  const state = failed?.state ?? "changed";
  return report(remote.name, outcomes[state], { isCause: true, words: failed?.words ?? "" });
}

/** With a new connection: an old one may still work although the host accepts no new ones. */
async function confirm(remote: RemoteHost, change: Change): Promise<HostReport> {
  try {
    const { failed } = await remote.ask({ ...change, verb: "confirm" }, { fresh: true });
    if (failed === null) return report(remote.name, "done");
    return await findOut(remote, change, new Error(failed.words));
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return findOut(remote, change, error);
  }
}

/** After a lost connection: finds out what the host did by itself. */
async function findOut(remote: RemoteHost, change: Change, reason: Error): Promise<HostReport> {
  const deadline = Date.now() + (change.trySeconds + PATIENCE) * 1000;
  let last: Error | null = reason;
  while (Date.now() < deadline) {
    try {
      const { parts } = await remote.ask({ ...change, verb: "look" }, { fresh: true });
      const outcome = outcomeOf(change, versionsOf(parts));
      if (outcome !== null) return outcomeReport(remote, outcome, reason);
      last = null;
    } catch (error) {
      if (!(error instanceof HostFailed)) throw error;
      last = error;
    }
    await wait(PAUSE * 1000);
  }
  return last === null ? outcomeReport(remote, "failed", reason) : outcomeReport(remote, "unknown", last);
}

/** Null while it is not over. */
function outcomeOf({ token, trySeconds }: Change, { trials, doneBy, isBusy }: Versions): Outcome | null {
  const trial = trials.get(token);
  if (trial === "undone") return "undone";
  if (trial === "failed") return "failed";
  if (trial !== undefined || isBusy) return null;
  if (doneBy === token) return "done";
  return trySeconds > 0 ? "undone" : null;
}

const words: Partial<Record<Outcome, string>> = {
  done: "the connection was lost meanwhile",
  undone: "not confirmed, so the host went back to the previous version",
  failed: "the connection was lost, and the new version is not in service",
  unknown: "the connection was lost, and the host cannot be reached again",
};

function outcomeReport(remote: RemoteHost, outcome: Outcome, { message }: Error): HostReport {
  return report(remote.name, outcome, {
    isCause: outcome !== "done",
    words: `${words[outcome] ?? outcome}: ${message}`,
    remedy: outcome === "unknown" ? "look at its console; deploy again when it answers" : "",
  });
}
