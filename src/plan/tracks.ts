/** What a host watches: each track once, with a name for keepalived. */

import type { Track, TrackType } from "../topology/model.ts";
import type { InstanceTrack, NamedTrack } from "./resources.ts";

interface TrackRow {
  /** By what keepalived watches it. */
  readonly by: InstanceTrack["by"];
  /** The part of its name that differs. */
  readonly subject: (track: Track) => string;
}

const rows: Readonly<Record<TrackType, TrackRow>> = {
  http: { by: "script", subject: ({ port }) => `${port}` },
  tcp: { by: "script", subject: ({ port }) => `${port}` },
  // keepalived's own needs the kernel's process connector, in the first network namespace: it ends in FAULT without
  // ("Failed to set/clear process event listen", 2.2.7). A release says what its kernel has, never that a host is no
  // container: no row of the platforms can promise it.
  process: { by: "script", subject: ({ name }) => name ?? "" },
  script: { by: "script", subject: ({ command }) => lastPart(command) },
  interface: { by: "interface", subject: ({ name }) => name ?? "" },
  file: { by: "file", subject: ({ path }) => lastPart(path) },
};

/** Programs that lvs_track.sh replaces: it asks itself. */
const asked: ReadonlySet<TrackType> = new Set(["http", "tcp", "process"]);

export function isAskedByScript({ type }: Track): boolean {
  return asked.has(type);
}

export function watchedBy({ type }: Track): InstanceTrack["by"] {
  return rows[type].by;
}

/** Tracks that differ in nothing but their weights are one. An interface's name is the interface. */
export function nameTracks(tracks: readonly Track[]): NamedTrack[] {
  const named = new Map<string, NamedTrack>();
  const taken = new Set<string>();
  for (const track of tracks) {
    const key = keyOf(track);
    if (named.has(key)) continue;
    const name = track.type === "interface" ? (track.name ?? "") : freeName(track, taken);
    taken.add(name);
    named.set(key, { name, track: { ...track, weight: null } });
  }
  return [...named.values()];
}

export function keyOf(track: Track): string {
  return JSON.stringify({ ...track, weight: null });
}

/** e.g. `http-80`, and `http-80-2` for another one of that port. */
function freeName(track: Track, taken: ReadonlySet<string>): string {
  const base = `${track.type}-${rows[track.type].subject(track).replaceAll(/[^A-Za-z0-9_.-]/g, "-")}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(name)) return name;
  }
}

function lastPart(path: string | null): string {
  return path?.split("/").findLast((part) => part !== "") ?? "";
}
