/** Who has an address after something failed, by the topology's priorities, weights and preempt. */

import type { LabMoving, LabTrack } from "../../spec.ts";

/** What fails on a host: all of it, or what some of its tracks look at. */
export type Failure = "host" | ((track: LabTrack) => boolean);

/** By host; the others are well. */
export type Failures = ReadonlyMap<string, Failure>;

/** @returns a host's name; null: nobody has it */
export function expectedHolder(moving: LabMoving, failures: Failures, holder: string | null): string | null {
  const able = moving.members.flatMap((member) => {
    const priority = priorityOf(moving, member.priority, failures.get(member.host));
    return priority === null ? [] : [{ host: member.host, priority }];
  });
  // Who has it keeps it from hosts of whatever priority, unless they preempt.
  if (!moving.preempt && able.some(({ host }) => host === holder)) return holder;
  const [first, ...others] = able;
  if (first === undefined) return null;
  return others.reduce((one, other) => (other.priority > one.priority ? other : one), first).host;
}

/** keepalived's limits for a priority that weights change. */
const [lowest, highest] = [1, 254];

/** null: the host gives up. */
function priorityOf({ tracks }: LabMoving, own: number, failure: Failure | undefined): number | null {
  if (failure === "host") return null;
  const isFailing = failure ?? (() => false);
  if (tracks.some((track) => track.weight === null && isFailing(track))) return null;
  const sum = tracks.reduce((total, track) => total + effectOf(track, isFailing(track)), own);
  return Math.min(highest, Math.max(lowest, sum));
}

/** A file's weight counts by the number in it, which the lab chooses; the others' by whether they work. */
function effectOf({ type, weight }: LabTrack, isFailing: boolean): number {
  if (weight === null) return 0;
  if (type === "file") return isFailing ? -Math.abs(weight) : 0;
  if (weight > 0) return isFailing ? 0 : weight;
  return isFailing ? weight : 0;
}
