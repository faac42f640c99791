/** Tracks in words. */

import { endpoint } from "../base/endpoint.ts";
import { say } from "../languages/say.ts";
import type { Track, TrackType } from "../topology/model.ts";

/** What is watched, by type. */
const rows: Readonly<Record<TrackType, (track: Track) => string>> = {
  http: ({ address, port, path }) => `http ${endpoint(address, port ?? 0)}${path}`,
  tcp: ({ address, port }) => `tcp ${endpoint(address, port ?? 0)}`,
  process: ({ name }) => say`process ${name}`,
  script: ({ command }) => say`script ${command}`,
  interface: ({ name }) => say`interface ${name}`,
  file: ({ path }) => say`file ${path}`,
};

/** e.g. `http 127.0.0.1:80/health every 2 s, weight -20`. Without the arguments of a program, which may have any character. */
export function trackText(track: Track): string {
  const { type, interval, weight } = track;
  const what = rows[type](track);
  if (type === "interface" || type === "file") return weight === null ? what : say`${what}, weight ${weight}`;
  return weight === null
    ? say`${what} every ${interval} s`
    : say`${what} every ${interval} s, weight ${weight}`;
}

/** With arguments, for people. */
export function tracksText(tracks: readonly Track[]): string {
  const texts = tracks.map((track) => [
    trackText(track),
    ...track.arguments.map((each) => JSON.stringify(each)),
  ]);
  return texts.map((words) => words.join(" ")).join("; ") || say`none`;
}
