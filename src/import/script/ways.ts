/** The ways that an unknown condition may go: all of them are read, and only what they agree on is known afterwards. */

import type { Place } from "../place.ts";
import { type Context, done, type Machine, type Outcome } from "./machine.ts";
import type { Variables } from "./values.ts";

export type Way = (context: Context) => Outcome;

/** @param isComplete whether one of the ways is gone in any case */
export function runWays(
  ways: readonly Way[],
  isComplete: boolean,
  place: Place,
  machine: Machine,
  context: Context,
): Outcome {
  const [only] = ways;
  if (only === undefined) return done;
  if (ways.length === 1 && isComplete) return only(context);
  const before = machine.variables;
  const ends: Variables[] = isComplete ? [] : [before.copy()];
  const left: Outcome[] = [];
  for (const [number, way] of ways.entries()) {
    machine.variables = before.copy();
    const branches = [...context.branches, { condition: place, number }];
    const outcome = way({ ...context, isStraight: false, branches });
    if (outcome.signal === null) ends.push(machine.variables);
    else left.push(outcome);
  }
  machine.variables = before;
  // Where all ways leave, what follows is never reached.
  const [first] = left;
  if (ends.length === 0 && first !== undefined) return first;
  machine.variables.become(ends);
  return { ok: null, signal: null };
}
