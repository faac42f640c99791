/** Whether tracks with weights change which host is master. */

import type { Track } from "../topology/model.ts";
import type { Election } from "./election.ts";

/** Limits of what keepalived counts (keepalived.conf(5), priority). */
const least = 1;
const most = 254;

/**
 * Whether there are two hosts of which the one is master while the track works on it, and the other while it fails: for
 * some states of the other tracks on both.
 */
export function decides({ members, tracks }: Pick<Election, "members" | "tracks">, at: number): boolean {
  const { weights, counted } = counting(tracks);
  const own = Math.abs(weights[at] ?? 0);
  const others = sums(weights.filter((_, index) => index !== at));
  const all = sums(weights);
  return members.some((one) =>
    members.some(
      (other) =>
        other !== one &&
        others.some((lost) =>
          all.some((lostThere) => {
            const there = counted(other.priority, lostThere);
            return counted(one.priority, lost) > there && counted(one.priority, lost + own) < there;
          }),
        ),
    ),
  );
}

/** Whether the first host loses to the second one as soon as this track fails on it, while all others work on both. */
export function decidesAlone({ members, tracks }: Pick<Election, "members" | "tracks">, at: number): boolean {
  const { weights, counted } = counting(tracks);
  const [first, second] = members.toSorted((one, other) => other.priority - one.priority);
  if (first === undefined || second === undefined) return false;
  const there = counted(second.priority, 0);
  return counted(first.priority, 0) > there && counted(first.priority, Math.abs(weights[at] ?? 0)) < there;
}

/** Weights above 0 are added while their tracks work. A file's depends on what is in it. */
function counting(tracks: readonly Track[]) {
  const weights = tracks.map(({ weight, type }) => (type === "file" ? 0 : (weight ?? 0)));
  const bonus = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const counted = (priority: number, lost: number): number =>
    Math.min(most, Math.max(least, priority + bonus - lost));
  return { weights, counted };
}

/** What a host loses, for each set of failing tracks: a bounded number of different sums. */
function sums(weights: readonly Track["weight"][]): number[] {
  let reached = new Set([0]);
  for (const weight of weights)
    reached = new Set([...reached].flatMap((sum) => [sum, Math.min(2 * most, sum + Math.abs(weight ?? 0))]));
  return [...reached];
}
