/** track_script and the like inside of instances and sync groups: what of that is watched, with which weight. */

import { say } from "../../languages/say.ts";
import type { Track } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { FoundTrack } from "../observed.ts";
import type { Place } from "../place.ts";
import { interfaceOf, type Reader, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";
import { type DefinedKind, leaveReverse, type TrackDefinition, wholeWeight } from "./track-definitions.ts";

export interface TrackUse {
  readonly kind: DefinedKind | "interface";
  readonly name: string;
  /** null: that of the definition. */
  readonly weight: number | null;
  readonly place: Place;
}

const lists: Readonly<Record<string, TrackUse["kind"]>> = {
  track_script: "script",
  track_process: "process",
  track_file: "file",
  track_interface: "interface",
};

/** Keywords of the lists, which all add up. */
export const trackLists = Object.keys(lists);

/** Readers of the lists, for whatever has them. */
export function trackReaders<D extends { uses: TrackUse[] }>(): Record<string, Reader<D>> {
  return Object.fromEntries(
    Object.entries(lists).map(([keyword, kind]) => [
      keyword,
      (draft: D, { block }: Statement, notes: Notes) => {
        for (const entry of block ?? []) {
          const use = readUse(kind, entry, notes);
          if (use !== null) draft.uses.push(use);
        }
      },
    ]),
  );
}

/** `NAME [weight N [reverse]]`. */
function readUse(kind: TrackUse["kind"], entry: Statement, notes: Notes): TrackUse | null {
  const { keyword, words, place } = entry;
  const name = kind === "interface" ? interfaceOf(keyword, entry, notes) : keyword;
  if (name === null) return null;
  const [weight, number, direction] = words.map(({ text }) => text);
  if (weight === undefined) return { kind, name, weight: null, place };
  const value = Number(number);
  if (weight !== "weight" || number === undefined || !Number.isFinite(value)) {
    notes.notUnderstood(
      place,
      say`${shown(entry)}: not "weight" and a number; the track has no weight`,
      say`correct it`,
    );
    return { kind, name, weight: null, place };
  }
  if (direction !== undefined && !/^no_?reverse$/.test(direction)) {
    leaveReverse(entry, notes);
    return null;
  }
  return { kind, name, weight: wholeWeight(value, entry, notes), place };
}

export interface TrackScope {
  readonly definitions: readonly TrackDefinition[];
  /** Interfaces that are watched in any case. */
  readonly watched: readonly string[];
  /** Whether keepalived ignores weights, as the instance is of a sync group. */
  readonly grouped: boolean;
}

function keyOfFound({ track }: FoundTrack): string {
  return JSON.stringify({ ...track, weight: null });
}

/** What an instance tracks, and its group, perhaps again. */
export function withTracksOfGroup(own: readonly FoundTrack[], group: readonly FoundTrack[]): FoundTrack[] {
  const known = new Set(own.map(keyOfFound));
  return [...own, ...group.filter((track) => !known.has(keyOfFound(track)))];
}

/** Each once, in the order of the lists; two definitions with the same text are one. */
export function findTracks(uses: readonly TrackUse[], scope: TrackScope, notes: Notes): FoundTrack[] {
  const known = new Map<string, FoundTrack>();
  for (const use of uses) {
    const found = findTrack(use, scope, notes);
    if (found === null) continue;
    const key = keyOfFound(found);
    if (known.has(key))
      notes.changed(
        use.place,
        say`${use.name} is tracked already: the first time counts`,
        say`remove one of them`,
      );
    else known.set(key, found);
  }
  return [...known.values()];
}

function findTrack(use: TrackUse, { definitions, watched, grouped }: TrackScope, notes: Notes) {
  const { kind, name, weight, place } = use;
  if (kind === "interface") {
    if (watched.includes(name)) {
      if (weight !== null && weight !== 0)
        notes.changed(
          place,
          say`${name} is watched in any case, as adverts go over it: without it the host gives up, whatever the weight`,
          say`no change is needed if that is right`,
          { effect: "traffic" },
        );
      return null;
    }
    return found({ type: "interface", name }, weight ?? 0, use, null, grouped, notes);
  }
  const definition = definitions.find((each) => each.kind === kind && each.name === name);
  if (definition === undefined) {
    notes.notUnderstood(
      place,
      say`unknown track ${name}: keepalived ignores it`,
      say`add the block that defines ${name}, or remove the line`,
    );
    return null;
  }
  const { track } = definition;
  if (track === null) {
    notes.leftOut(
      place,
      say`the track ${name} is left out: see where it is defined`,
      say`add a track by hand`,
      {
        effect: "traffic",
      },
    );
    return null;
  }
  return found(track, weight ?? definition.weight, use, definition.place, grouped, notes);
}

/** keepalived.conf(5): tracks of instances in a sync group have their weights set to zero. */
function found(
  track: Track,
  weight: number,
  { name, place }: TrackUse,
  definition: Place | null,
  grouped: boolean,
  notes: Notes,
): FoundTrack {
  if (weight === 0) return { track, place, definition };
  if (!grouped) return { track: { ...track, weight }, place, definition };
  notes.changed(
    place,
    say`the weight ${weight} of ${name} has no effect in a vrrp_sync_group: the instance gives up while it fails, and so it does in the topology`,
    say`no change is needed`,
  );
  return { track, place, definition };
}

/** What nobody tracks is not watched. */
export function tellUnusedTracks(
  {
    definitions,
    instances,
    syncGroups,
  }: {
    readonly definitions: readonly TrackDefinition[];
    readonly instances: readonly { readonly uses: readonly TrackUse[] }[];
    readonly syncGroups: readonly { readonly uses: readonly TrackUse[] }[];
  },
  notes: Notes,
): void {
  const uses = [...instances, ...syncGroups].flatMap((each) => each.uses);
  for (const { kind, name, place, weightPlace } of definitions) {
    const its = uses.filter((use) => use.kind === kind && use.name === name);
    if (its.length === 0)
      notes.leftOut(
        place,
        say`nothing tracks ${name}: it has no effect, and is left out`,
        say`add it to an instance, or remove it`,
      );
    else if (weightPlace !== null && its.every(({ weight }) => weight !== null))
      notes.leftOut(
        weightPlace,
        say`the weight of ${name} has no effect: each list that has it gives its own`,
        say`no change is needed`,
      );
  }
}
