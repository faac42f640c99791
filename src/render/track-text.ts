/** Tracks in words. */

import { endpoint } from "../base/endpoint.ts";
import type { Track, TrackType } from "../topology/model.ts";

/** What is watched, by type. */
const rows: Readonly<Record<TrackType, (track: Track) => string>> = {
  http: ({ address, port, path }) => `http ${endpoint(address, port ?? 0)}${path}`,
  tcp: ({ address, port }) => `tcp ${endpoint(address, port ?? 0)}`,
  process: ({ name }) => `process ${name}`,
  script: ({ command }) => `script ${command}`,
  interface: ({ name }) => `interface ${name}`,
  file: ({ path }) => `file ${path}`,
};

/** e.g. `http 127.0.0.1:80/health every 2 s, weight -20`. Without the arguments of a program, which may have any character. */
export function trackText(track: Track): string {
  const { type, interval, weight } = track;
  const often = type === "interface" || type === "file" ? "" : ` every ${interval} s`;
  return `${rows[type](track)}${often}${weight === null ? "" : `, weight ${weight}`}`;
}

/** With arguments, for people. */
export function tracksText(tracks: readonly Track[]): string {
  const texts = tracks.map((track) => [
    trackText(track),
    ...track.arguments.map((each) => JSON.stringify(each)),
  ]);
  return texts.map((words) => words.join(" ")).join("; ") || "none";
}
