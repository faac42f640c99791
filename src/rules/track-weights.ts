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
