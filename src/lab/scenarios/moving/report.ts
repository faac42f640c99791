/** Checks of addresses that move, and of those that return or stay. */

import type { Lab } from "../../guest/lab.ts";
import type { Machine } from "../../guest/machine.ts";
import type { LabMoving } from "../../spec.ts";
import { expectedHolder, type Failures } from "./expected.ts";
import {
  ALLOWANCE,
  electionSeconds,
  holderNames,
  type Outcome,
  observe,
  silenceText,
  words,
} from "./observe.ts";

/** @param fault in a sentence, e.g. `nginx is killed` */
export function moveName({ name }: LabMoving, fault: string): string {
  return `${name} moves in time when ${fault}`;
}

function returnName({ name }: LabMoving, isReturning: boolean, over: string): string {
  return `${name} ${isReturning ? "returns" : "stays where it is"} when ${over}`;
}

export interface HostChange {
  /** The host that something happens to. */
  readonly victim: Machine;
  /** What fails then. */
  readonly failures: Failures;
  /** Those to look at. */
  readonly addresses: readonly LabMoving[];
}

export interface Step {
  readonly name: (moving: LabMoving) => string;
  readonly begin: () => Promise<void>;
  /** At most, until it is so. */
  readonly seconds: (moving: LabMoving) => number;
}

/** Something fails: addresses of the host move, and the others stay. */
export async function checkMove(lab: Lab, change: HostChange, step: Step): Promise<void> {
  const before = await holdersBy(lab, change.addresses);
  const expected = expectedAll(change, before);
  const moves = (moving: LabMoving): boolean => expected.get(moving) !== before.get(moving);
  const outcomes = await observe(lab, {
    begin: step.begin,
    expected,
    within: Math.max(...change.addresses.map(step.seconds)) + ALLOWANCE,
    stays: 0,
  });
  for (const [moving, outcome] of outcomes) {
    const most = moves(moving) ? step.seconds(moving) : ALLOWANCE;
    const name = moves(moving) ? step.name(moving) : `${moving.name} stays at its host meanwhile`;
    checkOutcome(lab, change.victim, name, outcome, most);
  }
  checkGroups(lab, outcomes);
}

/**
 * All is well again: what preempts returns, and the rest stays. Either way nobody notices.
 *
 * @param step `over` is in a sentence, e.g. `nginx runs again`
 */
export async function checkReturn(
  lab: Lab,
  change: HostChange,
  step: Omit<Step, "name"> & { readonly over: string },
): Promise<void> {
  const before = await holdersBy(lab, change.addresses);
  const { addresses } = change;
  const returning = addresses.filter(({ preempt }) => preempt);
  const wait = (moving: LabMoving): number =>
    step.seconds(moving) + electionSeconds(moving) + (moving.preempt ? moving.preemptDelay : 0);
  const expected = expectedAll(change, before);
  const outcomes = await observe(lab, {
    begin: step.begin,
    expected,
    within: Math.max(...addresses.map(wait)),
    // Who stays has to stay when the host is well again.
    stays: returning.length === addresses.length ? 0 : Math.max(...addresses.map(step.seconds)) + 1,
  });
  for (const [moving, outcome] of outcomes) {
    const name = returnName(moving, expected.get(moving) !== before.get(moving), step.over);
    checkOutcome(lab, change.victim, name, outcome, ALLOWANCE);
  }
  checkGroups(lab, outcomes);
}

async function holdersBy(lab: Lab, addresses: readonly LabMoving[]): Promise<Map<LabMoving, string | null>> {
  const holders = new Map<LabMoving, string | null>();
  for (const moving of addresses) holders.set(moving, (await holderNames(lab, moving))[0] ?? null);
  return holders;
}

function expectedAll(
  { addresses, failures }: HostChange,
  before: ReadonlyMap<LabMoving, string | null>,
): Map<LabMoving, string | null> {
  return new Map(
    addresses.map((moving) => [moving, expectedHolder(moving, failures, before.get(moving) ?? null)]),
  );
}

function checkOutcome(
  lab: Lab,
  victim: Machine,
  name: string,
  { holders, isExpected, silence, server }: Outcome,
  most: number,
): void {
  const isQuick = silence !== null && silence <= most;
  const figure = `at ${words(holders)}, ${silenceText(silence, most)}`;
  lab.check(
    victim.name,
    name,
    isExpected && isQuick,
    figure,
    `the last answer is from ${server || "nobody"}`,
  );
}

/** Addresses of one group are always at one host. */
function checkGroups(lab: Lab, outcomes: ReadonlyMap<LabMoving, Outcome>): void {
  const groups = new Map<string, { names: string[]; places: Set<string> }>();
  for (const [{ name, group }, { holders }] of outcomes) {
    const known = groups.get(group) ?? { names: [], places: new Set<string>() };
    groups.set(group, { names: [...known.names, name], places: known.places.add(words(holders)) });
  }
  for (const { names, places } of groups.values())
    if (names.length > 1)
      lab.check(words(names), "they move together", places.size === 1, `at ${[...places].join(", ")}`);
}
