/** Priorities of an address's hosts: those of the texts, and placeholders with which the weights of tracks work. */

import { listed } from "../../base/counted.ts";
import { say } from "../../languages/say.ts";
import { decides, decidesAlone } from "../../plan/track-decision.ts";
import type { FloatingAddress } from "../../topology/input.generated.ts";
import { normalizeTracks } from "../../topology/normalize-track.ts";
import type { Notes } from "../notes.ts";
import type { ObservedElection } from "../observed.ts";
import type { FloatingHosts } from "./floating-hosts.ts";

type Members = FloatingAddress["hosts"];

const least = 1;
const most = 254;
const widestStep = 10;

/** The highest priority first. */
export function membersOf(
  election: ObservedElection,
  hosts: FloatingHosts,
  pointer: string,
  notes: Notes,
): Members {
  const known = distinct(election, hosts, notes);
  const count = hosts.known.length === 1 ? Math.max(1, election.others) : election.others;
  const others = hosts.others.slice(0, count);
  const priorities = placeholders(
    election,
    known.map(({ priority }) => priority),
    others.length,
  );
  const members = [...known, ...others.map((host, at) => ({ host, priority: priorities[at] ?? least }))];
  if (others.length > 0) tellPlaceholders(election, members, others, pointer, notes);
  else if (members.length === 1)
    notes.changed(
      election.place,
      say`only ${members[0]?.host} has ${election.name}: the address does not move`,
      say`add the instance to the other hosts`,
      { effect: "traffic" },
    );
  return members.toSorted((one, other) => other.priority - one.priority) as Members;
}

/** Among equals keepalived takes the higher address; a topology has no equals. */
function distinct(
  { members, name }: ObservedElection,
  hosts: FloatingHosts,
  notes: Notes,
): { host: string; priority: number }[] {
  const taken = new Set<number>();
  return members.map(({ host, priority, place }) => {
    let free = priority;
    while (taken.has(free) && free > least) free--;
    while (taken.has(free)) free++;
    taken.add(free);
    if (free !== priority)
      notes.changed(
        place,
        say`another host of ${name} has the priority ${priority}, too, so that the higher IP address decides: this one gets ${free}`,
        say`correct it if this host should be master first`,
        { effect: "traffic" },
      );
    return { host: hosts.known[host] ?? "", priority: free };
  });
}

/** The widest step at which each weight by itself changes who is master; below the known ones, or above a backup. */
function placeholders(
  { members, track }: ObservedElection,
  known: readonly number[],
  count: number,
): number[] {
  if (count === 0) return [];
  const isLast = members.every(({ order }) => order === "last");
  const tracks = normalizeTracks(track.map((each) => each.track));
  const weighted = tracks.flatMap(({ weight, type }, at) => (weight === null || type === "file" ? [] : at));
  const ways = isLast ? [above, below] : [below, above];
  const near = Array.from({ length: widestStep }, (_, at) => widestStep - at);
  // Priorities count up to 254 only: near it, weights above 0 need wider steps.
  const steps = [...near, ...Array.from({ length: most - widestStep }, (_, at) => widestStep + at + 1)];
  const choices = ways.flatMap((way) => steps.map((step) => way(known, step, count)));
  const possible = choices.filter((priorities) =>
    priorities.every((priority) => priority >= least && priority <= most && !known.includes(priority)),
  );
  const working = (works: typeof decides, among: readonly number[][]) =>
    among.find((priorities) => {
      const all = [...known, ...priorities].map((priority, at) => ({ host: `${at}`, priority }));
      return weighted.every((at) => works({ members: all, tracks }, at));
    });
  return (
    working(decidesAlone, possible) ??
    working(decides, possible.slice(0, 2 * widestStep)) ??
    possible[0] ??
    unused(known, count)
  );
}

function below(known: readonly number[], step: number, count: number): number[] {
  const lowest = Math.min(...known);
  return Array.from({ length: count }, (_, at) => lowest - step * (at + 1));
}

function above(known: readonly number[], step: number, count: number): number[] {
  const highest = Math.max(...known);
  return Array.from({ length: count }, (_, at) => highest + step * (count - at));
}

function unused(known: readonly number[], count: number): number[] {
  return Array.from({ length: most }, (_, at) => most - at)
    .filter((priority) => !known.includes(priority))
    .slice(0, count);
}

function tellPlaceholders(
  { place, track, name, preempt }: ObservedElection,
  members: readonly { host: string; priority: number }[],
  others: readonly string[],
  pointer: string,
  notes: Notes,
): void {
  const tracks = normalizeTracks(track.map((each) => each.track));
  const weighted = tracks.flatMap(({ weight, type }, at) => (weight === null || type === "file" ? [] : at));
  const weights = [...new Set(weighted.map((at) => tracks[at]?.weight))].join(", ");
  const works = preempt && weighted.every((at) => decides({ members, tracks }, at));
  const shown = listed(
    members
      .filter(({ host }) => others.includes(host))
      .map(({ host, priority }) => say`${host} with ${priority}`),
  );
  const message =
    weighted.length === 0
      ? say`unknown priorities of the other hosts of ${name}: the placeholders are ${shown}`
      : works
        ? say`unknown priorities of the other hosts of ${name}: the placeholders are ${shown}, so that a track's weight (${weights}) changes who is master`
        : preempt
          ? say`unknown priorities of the other hosts of ${name}: the placeholders are ${shown}; a track's weight (${weights}) may not change who is master`
          : say`unknown priorities of the other hosts of ${name}: the placeholders are ${shown}; a track's weight (${weights}) may not change who is master without preempt`;
  notes.placeholder(
    place,
    `${pointer}/hosts`,
    message,
    say`import the files of all hosts together, or correct them`,
  );
}
