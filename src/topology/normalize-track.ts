/** A list of tracks of the topology -> the model. */

import { canonicalIp } from "./addresses.ts";
import type { Track as TrackInput } from "./input.generated.ts";
import type { Track } from "./model.ts";

const loopback = "127.0.0.1";
/** Seconds, and checks in a row. */
const defaults = { interval: 2, timeout: 2, rise: 2, fall: 2 };

export function normalizeTracks(input: readonly TrackInput[] = []): Track[] {
  return input.flatMap((track) => [normalizeTrack(track)]);
}

function normalizeTrack(input: TrackInput): Track {
  const { type, status = 200, weight = 0 } = input;
  return {
    type,
    address: canonicalIp(input.address ?? loopback) ?? loopback,
    port: input.port ?? null,
    path: input.path ?? (type === "http" ? "/" : null),
    status: [status].flat().map(String),
    name: input.name ?? null,
    command: input.command ?? null,
    arguments: (input.arguments ?? []).filter(() => true),
    user: input.user ?? "root",
    interval: input.interval ?? defaults.interval,
    timeout: input.timeout ?? defaults.timeout,
    rise: input.rise ?? defaults.rise,
    fall: input.fall ?? defaults.fall,
    weight: weight === 0 ? null : weight,
  };
}
