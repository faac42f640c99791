/** How a roll ended, and how to go on. */

import { quoteWord } from "../base/quote-word.ts";
import type { Obstacle } from "../deploy/roll/plan-roll.ts";
import type { RolledHost } from "../deploy/roll/report.ts";
import { say } from "../languages/say.ts";
import { Interrupted, ProblemError } from "./errors.ts";
import type { RollState } from "./roll-state.ts";
import { writeNote } from "./streams.ts";

/** Of a roll that does not resume it. */
export function noteEarlier(earlier: RollState): void {
  if (earlier.isEmpty) return;
  const done = earlier.done.size === 0 ? say`none` : [...earlier.done].join(", ");
  writeNote(say`an earlier roll of this command stopped; done: ${done}. --resume goes on there`);
}

/** Of a roll that cannot begin: hosts that are in the way failed, as step 0. */
export function refused(due: readonly string[], obstacles: readonly Obstacle[]): RolledHost[] {
  const left = due.filter((name) => !obstacles.some(({ host }) => host === name));
  const rest = { step: 0, drained: false, code: null };
  return [
    ...obstacles.map(({ host, words }) => ({ ...rest, host, outcome: "failed" as const, words })),
    ...left.map((host) => ({ ...rest, host, outcome: "untouched" as const, words: "" })),
  ];
}

/** @throws ProblemError where the roll could not begin */
export function refuseObstacles(hosts: readonly RolledHost[]): void {
  const reasons = hosts.filter(({ step, outcome }) => step === 0 && outcome === "failed");
  if (reasons.length === 0) return;
  throw new ProblemError(
    say`nothing was begun: ${reasons.map(({ words }) => words).join("; ")}. Fix this, or leave hosts out: name the others with --limit`,
  );
}

export interface RollEnd {
  readonly file: string;
  /** The command line that goes on with this roll. */
  readonly again: string;
  /** Whether no host is left of the roll that was begun, also none that this run was not to take. */
  readonly isWhole: boolean;
}

/** @throws ProblemError where a host failed; Interrupted where hosts are left */
export function concludeRoll(
  { file, again, isWhole }: RollEnd,
  hosts: readonly RolledHost[],
  state: RollState,
): void {
  const failed = hosts.filter(({ outcome }) => outcome === "failed");
  const left = hosts.filter(({ outcome }) => outcome === "untouched" || outcome === "interrupted");
  for (const { host } of hosts.filter(({ outcome, drained }) => outcome === "done" && drained))
    writeNote(say`${host} was drained before, and stays so. To end it: ${undrainCommandLine(file, host)}`);
  if (failed.length + left.length === 0) {
    if (isWhole) state.remove();
    return;
  }
  if (failed.length === 0)
    throw new Interrupted(
      say`interrupted; not done: ${left.map(({ host }) => host).join(", ")}. To go on: ${again}`,
    );
  const names = failed.map(({ host }) => host).join(", ");
  const drained = failed.filter((each) => each.drained).map(({ host }) => undrainCommandLine(file, host));
  throw new ProblemError(
    drained.length === 0
      ? say`${names} failed; all hosts are in service. Fix this, then go on: ${again}`
      : say`${names} failed and stays drained; the others are in service. Fix this, then go on: ${again}. Or put it back without the command: ${drained.join("; ")}`,
  );
}

export function undrainCommandLine(file: string, host: string): string {
  return `lvsgen undrain ${quoteWord(file)} ${host}`;
}
