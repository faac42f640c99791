/** Tracks in keepalived's words. */

import type { InstanceTrack, KeepalivedResource, NamedTrack } from "../plan/resources.ts";
import { trackScriptPath } from "../plan/track-script.ts";
import type { Track } from "../topology/model.ts";
import { trackText } from "./track-text.ts";

/** From this version on; before, vrrp_track_file (keepalived.conf(5) of 2.2.7). */
export const trackFileSince = "2.2.7";

/** The blocks that define tracks. */
export function trackBlocksOf({ tracks = [] }: KeepalivedResource) {
  const of = (types: readonly Track["type"][]) => tracks.filter(({ track }) => types.includes(track.type));
  return {
    scripts: of(["http", "tcp", "process", "script"]).map(scriptView),
    files: of(["file"]).map(({ name, track }) => ({ name, path: track.path })),
  };
}

function scriptView({ name, track }: NamedTrack) {
  const { interval, timeout, rise, fall, user } = track;
  return { name, about: trackText(track), words: wordsOf(track), interval, timeout, rise, fall, user };
}

/** The program that keepalived runs, with its arguments. */
function wordsOf(track: Track): string[] {
  const { type, address, port, path, status, name, command, timeout } = track;
  switch (type) {
    case "http":
      return [trackScriptPath, type, address, `${port}`, path ?? "/", status.join(","), `${timeout}`];
    case "tcp":
      return [trackScriptPath, type, address, `${port}`, `${timeout}`];
    case "process":
      return [trackScriptPath, type, name ?? ""];
    default:
      return [command ?? "", ...track.arguments];
  }
}

/** The lists of an instance or a group, each entry as words. A file's weight is 1 if nothing else is said. */
export function trackLists(tracks: readonly InstanceTrack[]) {
  const of = (by: InstanceTrack["by"]) =>
    tracks
      .filter((track) => track.by === by)
      .map(({ name, weight }) => ({
        words: weight === null && by !== "file" ? [name] : [name, "weight", weight ?? 0],
      }));
  return { trackScripts: of("script"), interfaces: of("interface"), trackFiles: of("file") };
}
