/** Rules about weights of tracks: whether they can change who has an address. */

import { say } from "../languages/say.ts";
import { directorElection, type Election, floatingElections } from "../plan/election.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Track } from "../topology/model.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const trackWeightRules: readonly Rule[] = [
  {
    code: "LVS274",
    name: "weight that never changes who has the address",
    severity: "warning",
    explain: {
      what: `
        The weight of a track is smaller than the difference between any two hosts' priorities, also together with other
        weights.`,
      why: `
        A host of higher priority stays above the others while its track fails: the address stays on a host whose
        program is down. keepalived counts priorities up to 254 only, so that a weight above that has no effect either.`,
      fix: `
        Make the weight greater than the difference of the priorities, or leave the priorities out: lvsgen then chooses
        smaller steps than any weight. Without a weight the host gives the address up while the track fails.`,
      wrong: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [{ host: pi2, priority: 150 }, { host: pi3, priority: 100 }]
            preempt: true
            track: [{ type: process, name: nginx, weight: -20 }]`,
      right: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [{ host: pi2, priority: 150 }, { host: pi3, priority: 140 }]
            preempt: true
            track: [{ type: process, name: nginx, weight: -20 }]`,
    },
    check: (context) =>
      elections(context).flatMap(({ election, pointer }) =>
        election.tracks.flatMap((track, at): Problem[] =>
          track.weight === null ||
          track.type === "file" ||
          election.members.length < 2 ||
          decides(election, at)
            ? []
            : [
                {
                  pointer: `${pointer}/track/${at}/weight`,
                  message: say`the weight ${track.weight} never changes who has the address: priorities differ by more`,
                  hint: say`make it greater than the difference of the priorities, or leave it out: then the host gives up while the track fails`,
                },
              ],
        ),
      ),
  },
  {
    code: "LVS275",
    name: "weight without preempt",
    severity: "warning",
    explain: {
      what: `
        A track has a weight, and preempt is off.`,
      why: `
        With nopreempt a host does not take the address over from one that sends adverts, however low the master's
        priority is. Only a host that fails, or that gives up as a track without a weight fails, loses the address. So a
        weight has no effect.`,
      fix: `
        Set preempt: true, or leave the weight out.`,
      wrong: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            track: [{ type: process, name: nginx, weight: -20 }]`,
      right: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            track: [{ type: process, name: nginx }]`,
    },
    check: (context) =>
      elections(context).flatMap(({ election, pointer }) =>
        election.tracks.flatMap(({ weight }, at): Problem[] =>
          weight === null || election.preempt || !context.intact(`${pointer}/preempt`)
            ? []
            : [
                {
                  pointer: `${pointer}/track/${at}/weight`,
                  message: say`the weight has no effect: without preempt, no host takes over from one that works`,
                  hint: say`set "preempt" to true, or remove "weight": then the host gives up while the track fails`,
                },
              ],
        ),
      ),
  },
];

interface PlacedElection {
  readonly election: Election;
  readonly pointer: string;
}

function elections({ cluster, intact }: RuleContext): PlacedElection[] {
  const ofDirectors =
    cluster.directors.engine === "keepalived" && cluster.directors.hosts.length > 0
      ? [{ election: directorElection(cluster), pointer: "/directors/vrrp" }]
      : [];
  const floating = [...floatingElections(cluster)].map(([{ pointer }, election]) => ({ election, pointer }));
  return [...ofDirectors, ...floating].filter(({ pointer }) => intact(pointer));
}

/** Limits of what keepalived counts (keepalived.conf(5), priority). */
const least = 1;
const most = 254;

/**
 * Whether there are two hosts of which the one is master while the track works on it, and the other while it fails: for
 * some states of the other tracks on both.
 */
function decides({ members, tracks }: Election, at: number): boolean {
  const weights = tracks.map(({ weight, type }) => (type === "file" ? 0 : (weight ?? 0)));
  const own = Math.abs(weights[at] ?? 0);
  const others = sums(weights.filter((_, index) => index !== at));
  const all = sums(weights);
  const bonus = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const counted = (priority: number, lost: number): number =>
    Math.min(most, Math.max(least, priority + bonus - lost));
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

/** What a host loses, for each set of failing tracks: a bounded number of different sums. */
function sums(weights: readonly Track["weight"][]): number[] {
  let reached = new Set([0]);
  for (const weight of weights)
    reached = new Set([...reached].flatMap((sum) => [sum, Math.min(2 * most, sum + Math.abs(weight ?? 0))]));
  return [...reached];
}
