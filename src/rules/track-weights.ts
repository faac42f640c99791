/** Rules about weights of tracks: whether they can change who has an address. */

import { say } from "../languages/say.ts";
import { directorElection, type Election, floatingElections } from "../plan/election.ts";
import { decides } from "../plan/track-decision.ts";
import type { Problem } from "../topology/diagnostics.ts";
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
  {
    code: "LVS276",
    name: "weight that waits for preemptDelay",
    severity: "warning",
    explain: {
      what: `
        A track of a floating address has a weight, and the address has a preemptDelay.`,
      why: `
        preemptDelay is for a host that returns: it waits before it takes over. A host that becomes the better one, as
        the master's track fails, waits just as long. With 60 seconds clients get no answer for more than a minute.`,
      fix: `
        Leave preemptDelay out, or leave the weight out: without a weight the host gives the address up while the track
        fails, and the others do not wait.`,
      wrong: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            preempt: true
            preemptDelay: 60
            track: [{ type: process, name: nginx, weight: -20 }]`,
      right: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            preempt: true
            preemptDelay: 60
            track: [{ type: process, name: nginx }]`,
    },
    // keepalived 2.2.7, in the lab: with a delay of 5 s an address moved by a weight after 11 to 12 s.
    check: (context) =>
      elections(context).flatMap(({ election: { tracks, preempt, preemptDelay }, pointer }) =>
        // The directors' delay is lvsgen's, and as short as their checks allow.
        pointer === DIRECTORS || !preempt || !preemptDelay
          ? []
          : tracks.flatMap(({ weight }, at): Problem[] =>
              weight === null
                ? []
                : [
                    {
                      pointer: `${pointer}/track/${at}/weight`,
                      message: say`the weight moves the address only after preemptDelay, ${preemptDelay} s`,
                      hint: say`remove "preemptDelay", or remove "weight": then the host gives up while the track fails, and nobody waits`,
                    },
                  ],
            ),
      ),
  },
];

/** Their tracks' place. */
const DIRECTORS = "/directors/vrrp";

interface PlacedElection {
  readonly election: Election;
  readonly pointer: string;
}

function elections({ cluster, intact }: RuleContext): PlacedElection[] {
  const ofDirectors =
    cluster.directors.engine === "keepalived" && cluster.directors.hosts.length > 0
      ? [{ election: directorElection(cluster), pointer: DIRECTORS }]
      : [];
  const floating = [...floatingElections(cluster)].map(([{ pointer }, election]) => ({ election, pointer }));
  return [...ofDirectors, ...floating].filter(({ pointer }) => intact(pointer));
}
