/** One history for form and text: every state of the topology that one can go back to. */

import type { TopologyText } from "../topology-text.ts";

/** A topology that was opened, which changes compare with. */
export interface Origin {
  /** Two openings of the same text are two. */
  readonly id: number;
  readonly topology: TopologyText;
}

export interface Entry {
  readonly topology: TopologyText;
  readonly origin: Origin;
}

export interface History {
  /** The earliest first. */
  readonly past: readonly Entry[];
  readonly now: Entry;
  /** The next to redo first. */
  readonly future: readonly Entry[];
  /** What the last step was, if the next one may join it. */
  readonly joinable: { readonly group: string; readonly time: number } | null;
}

/** Steps that are kept. */
const mostSteps = 300;
/** UTF-16 code units of all steps that are kept: a topology of 10 000 hosts has about 2 million. */
const mostCharacters = 40_000_000;
/** Milliseconds between edits of one field that count as one step. */
const pause = 1000;

export function beginHistory(topology: TopologyText): History {
  return { past: [], now: { topology, origin: { id: 0, topology } }, future: [], joinable: null };
}

/**
 * @param group edits of one group join if they are close in time; null: a step of its own
 * @param time milliseconds
 */
export function recorded(history: History, now: Entry, group: string | null, time: number): History {
  const { past, joinable } = history;
  const joins = group !== null && joinable?.group === group && time - joinable.time < pause;
  return {
    past: joins ? past : limited([...past, history.now]),
    now,
    future: [],
    joinable: group === null ? null : { group, time },
  };
}

/** The same history if there is nothing to undo. */
export function undone(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    joinable: null,
  };
}

/** The same history if there is nothing to redo. */
export function redone(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future, joinable: null };
}

/** Without the earliest steps where there are too many. */
function limited(past: readonly Entry[]): readonly Entry[] {
  let characters = 0;
  let first = Math.max(past.length - mostSteps, 0);
  for (let at = past.length - 1; at >= first; at--) {
    characters += past[at]?.topology.text.length ?? 0;
    if (characters > mostCharacters) first = at + 1;
  }
  return past.slice(first);
}
