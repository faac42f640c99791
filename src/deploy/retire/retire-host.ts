/** Takes lvsgen off one host, and finds out the result. */

import { setTimeout as wait } from "node:timers/promises";
import { say } from "../../languages/say.ts";
import type { HostAnswer } from "../answer.ts";
import { HostFailed } from "../session.ts";
import { type Found, foundOf, isBusy, notesOf } from "./found.ts";
import type { LeavingHost } from "./leaving-host.ts";
import { type RetiredHost, report } from "./report.ts";

/** Faults of the host do not throw. */
export async function retireHost(host: LeavingHost, { kind }: Found): Promise<RetiredHost> {
  try {
    return outcomeOf(host, await host.retire(kind));
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return findOut(host, error);
  }
}

function outcomeOf({ name }: LeavingHost, answer: HostAnswer): RetiredHost {
  const { failed } = answer;
  if (failed !== null)
    return report(name, failed.state === "untouched" ? "untouched" : "failed", {
      isCause: true,
      words: failed.words,
      remedy: say`fix it, then run the same command again: it goes on from there`,
    });
  const { steps } = foundOf(answer);
  if (steps.length === 0) return report(name, "done", { words: notesOf(answer) });
  return report(name, "failed", {
    isCause: true,
    words: say`still there: ${steps.join("; ")}`,
    remedy: say`run the same command again`,
  });
}

/** Seconds for a host to answer again after a lost connection, and between two tries. */
const PATIENCE = 90;
const PAUSE = 2;

/** After a lost connection: the host goes on alone. */
async function findOut(host: LeavingHost, reason: Error): Promise<RetiredHost> {
  const deadline = Date.now() + PATIENCE * 1000;
  let last: Error = reason;
  while (Date.now() < deadline) {
    try {
      const answer = await host.look({ fresh: true });
      if (answer.failed === null && !isBusy(answer)) return afterLoss(host, foundOf(answer), reason);
    } catch (error) {
      if (!(error instanceof HostFailed)) throw error;
      last = error;
    }
    await wait(PAUSE * 1000);
  }
  return report(host.name, "unknown", {
    isCause: true,
    words: say`the connection was lost, and the host cannot be reached again: ${last.message}`,
    remedy: say`look at its console; run the same command again when it answers`,
  });
}

function afterLoss({ name }: LeavingHost, { steps }: Found, { message }: Error): RetiredHost {
  if (steps.length === 0)
    return report(name, "done", { words: say`the connection was lost meanwhile: ${message}` });
  return report(name, "failed", {
    isCause: true,
    words: say`the connection was lost, and it is not all off: ${message}`,
    remedy: say`run the same command again: it goes on from there`,
  });
}
