/** What keepalived runs for tracks and changes of state, and how long it waits: the lab replaces the one, and shortens the other. */

import { unique } from "../base/unique.ts";
import { watchedBy } from "../plan/tracks.ts";
import type { Cluster, FloatingAddress, Notify, Track } from "../topology/model.ts";
import { labProgram } from "./lab-program.ts";
import type { Replaced } from "./replaced.ts";
import { pace, slowed } from "./track-pace.ts";

/** Seconds: who waits longer before it takes an address over waits as long in the lab. */
const longestWait = 5;

/** Programs of the lab's own find everything well, and do nothing. They run as root: the machine may lack the users. */
export function withLabPrograms(cluster: Cluster): Cluster {
  const { directors, floating } = cluster;
  const programs = new Map<string, string>();
  const named = (kind: "track" | "notify", command: string): string => {
    const program = programs.get(command) ?? labProgram(kind, `${programs.size + 1}`);
    programs.set(command, program);
    return program;
  };
  const times = pace(cluster);
  const track = (each: Track): Track => ({
    ...slowed(each, times),
    ...(each.command === null ? {} : { command: named("track", each.command), user: "root" }),
  });
  const notify = (each: Notify): Notify => ({
    ...each,
    command: named("notify", each.command),
    user: "root",
  });
  return {
    ...cluster,
    directors: { ...directors, vrrp: { ...directors.vrrp, track: directors.vrrp.track.map(track) } },
    floating: floating.map((address) => ({
      ...address,
      preemptDelay: Math.min(address.preemptDelay, longestWait),
      track: address.track.map(track),
      // The lab's hosts have no init system: their programs run all the time.
      runOnMaster: [],
      notify: address.notify === null ? null : notify(address.notify),
      notifyOn: Object.fromEntries(
        Object.entries(address.notifyOn).map(([state, each]) => [state, notify(each)]),
      ),
    })),
  };
}

/** e.g. `1 s, 5 s`: how long those wait that a program asks. */
function waits(tracks: readonly Track[], times: number): string {
  const asked = tracks.filter((track) => watchedBy(track) === "script");
  return unique(asked.map((track) => `${slowed(track, times).interval} s`)).join(", ");
}

/** Programs that run when an address moves. */
export function notified({ notify, notifyOn }: Pick<FloatingAddress, "notify" | "notifyOn">): string[] {
  return unique([notify, ...Object.values(notifyOn)].flatMap((each) => each?.command ?? []));
}

export function replacedPrograms(cluster: Cluster): Replaced[] {
  const { directors, floating } = cluster;
  const times = pace(cluster);
  const scenario = "track-faults";
  const tracked = [{ name: "directors", track: directors.vrrp.track }, ...floating];
  const tracks = tracked.flatMap(({ name, track }) =>
    track.flatMap(({ command }) => (command === null ? [] : [{ service: name, command }])),
  );
  return [
    ...(times === 1
      ? []
      : tracked
          .filter(({ track }) => waits(track, 1) !== "")
          .map(({ name, track }) => ({
            scenario,
            service: name,
            name: `tracks of ${name} ask every ${waits(track, 1)}`,
            reason: `one processor is too slow for all of them: every ${waits(track, times)} in the lab`,
          }))),
    ...tracks.map(({ service, command }) => ({
      scenario,
      service,
      name: `${command} finds what works, and what does not`,
      reason: "a program of the lab's own replaces it, which finds all well until the lab breaks it",
    })),
    ...floating.flatMap((address) =>
      notified(address).map((command) => ({
        scenario,
        service: address.name,
        name: `${command} does its work when ${address.name} moves`,
        reason: "a program of the lab's own replaces it, which does nothing",
      })),
    ),
    ...floating.flatMap(({ name, runOnMaster }) =>
      runOnMaster.map((unit) => ({
        scenario,
        service: name,
        name: `${unit} runs on the host that has ${name}`,
        reason: "the lab's hosts have no init system, so that their programs run all the time",
      })),
    ),
    ...floating.flatMap(({ name, preempt, preemptDelay }) =>
      preempt && preemptDelay > longestWait
        ? [
            {
              scenario,
              service: name,
              name: `${name} returns after ${preemptDelay} s`,
              reason: `it does after ${longestWait} s in the lab`,
            },
          ]
        : [],
    ),
  ];
}
