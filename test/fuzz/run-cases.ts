/** A range of cases, one after the other. */

import { caseOf } from "./cases.ts";
import { checkCase } from "./check-case.ts";
import { type Sample, Scripts } from "./scripts.ts";

export interface Range {
  readonly seed: number;
  readonly from: number;
  /** Behind the last one. */
  readonly to: number;
  /** Every which number is a case of this range. */
  readonly step: number;
}

export interface Tally {
  readonly cases: number;
  readonly accepted: number;
  /** Codes that were said. */
  readonly codes: readonly string[];
  /** Scripts with different texts, whose data was sourced in three shells and compared. */
  readonly sourced: number;
  /** Scripts that stand for all kinds there were. */
  readonly samples: readonly Sample[];
  readonly slowestMilliseconds: number;
  readonly faults: readonly string[];
}

/** More of them tell nothing new. */
const shownFaults = 40;

/** @param begun is told each case before it runs, so that one that never ends is known */
export function runCases({ seed, from, to, step }: Range, begun: (number: number) => void = () => {}): Tally {
  const scripts = new Scripts();
  const codes = new Set<string>();
  const faults: string[] = [];
  let [cases, accepted, slowest] = [0, 0, 0];
  for (
    let number = from;
    number < to && faults.length + scripts.faults.length < shownFaults;
    number += step
  ) {
    begun(number);
    const label = `--seed ${seed} --case ${number}`;
    const result = checkCase(caseOf(seed, number));
    cases += 1;
    if (result.accepted) accepted += 1;
    for (const code of result.codes) codes.add(code);
    slowest = Math.max(slowest, result.milliseconds);
    faults.push(...result.faults.map((fault) => `${label}: ${fault}`));
    scripts.add(label, result);
  }
  scripts.source();
  return {
    cases,
    accepted,
    codes: [...codes],
    sourced: scripts.count,
    samples: scripts.samples,
    slowestMilliseconds: Math.round(slowest),
    faults: [...faults, ...scripts.faults].slice(0, shownFaults),
  };
}
