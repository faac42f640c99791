/** What a scheduler guarantees about the next requests. */

import type { ServiceSettings } from "./resources.ts";

export interface Turns {
  /** Requests after which it starts over; 0: no guarantee. */
  readonly round: number;
  /** How many of a round each of the service's servers gets, in their order. */
  readonly turns: readonly number[];
}

/** Requests after which the weights' ratio is exact. */
export function roundOf(weights: readonly number[]): number {
  return Math.max(1, weights.reduce((sum, weight) => sum + weight, 0) / divisorOf(weights));
}

/**
 * The turns of requests that come one after the other from one client. rr and wrr go round and round, so that any whole
 * number of rounds has exactly these shares, whoever sent the requests and wherever the first one fell (ip_vs_rr.c,
 * ip_vs_wrr.c). Persistence keeps a client where it is, and a threshold takes a server out of the round.
 */
export function turnsOf({ scheduler, persistence, destinations }: ServiceSettings): Turns {
  const inTurn = turnsByScheduler[scheduler];
  const isSteady = persistence === null && destinations.every(({ upperThreshold }) => upperThreshold === 0);
  const turns = inTurn === undefined || !isSteady ? [] : inTurn(destinations.map(({ weight }) => weight));
  return {
    round: turns.reduce((sum, each) => sum + each, 0),
    turns: destinations.map((_, at) => turns[at] ?? 0),
  };
}

/** A drained server has no turn. */
const turnsByScheduler: Readonly<Record<string, (weights: readonly number[]) => number[]>> = {
  rr: (weights) => weights.map((weight) => Math.min(1, weight)),
  wrr: (weights) => weights.map((weight) => weight / divisorOf(weights)),
};

function divisorOf(weights: readonly number[]): number {
  return Math.max(1, weights.reduce(greatestCommonDivisor, 0));
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
