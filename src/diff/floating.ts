/** Floating addresses of two clusters. */

import { listed } from "../base/counted.ts";
import { phrase, say } from "../languages/say.ts";
import { tracksText } from "../render/track-text.ts";
import type { AddressHost, Cluster, FloatingAddress, Notify } from "../topology/model.ts";
import { type Aspects, type Change, changesBy, told } from "./change.ts";

/** While hosts have different values, they ignore each other's adverts. */
const split = phrase`until all hosts have it, each may be master, and connections may break: change the standby first, at a quiet time`;

const moves = phrase`the address may move to another host, which ends its connections`;

const aspects: Aspects<FloatingAddress> = {
  // Addresses are matched by these: see below.
  ip: null,
  family: null,
  pointer: null,
  name: {
    compare: told(phrase`name`, ({ name }) => name),
    connections: "at risk",
    effect: phrase`keepalived starts a new instance for it: the address leaves its host for a moment`,
  },
  prefix: {
    compare: told(phrase`prefix length`, ({ prefix }) => `${prefix}`),
    connections: "at risk",
    effect: phrase`the address is removed and added again`,
  },
  interfaces: {
    // Of hosts that stay: who comes and goes, and the order, are members'.
    compare: (before, after) => {
      const staying = [...before.interfaces.keys()].filter((host) => after.interfaces.has(host)).toSorted();
      const text = ({ interfaces }: FloatingAddress): string =>
        listed(staying.map((host) => `${host} ${interfaces.get(host)}`));
      return told(phrase`interfaces`, text)(before, after);
    },
    connections: "at risk",
    effect: split,
  },
  members: {
    compare: told(phrase`hosts`, ({ members }) => listed(members.map(memberText))),
    connections: "at risk",
    effect: moves,
  },
  virtualRouterId: {
    compare: told(phrase`virtual router id`, ({ virtualRouterId }) => `${virtualRouterId}`),
    connections: "at risk",
    effect: split,
  },
  advertInterval: {
    compare: told(phrase`advert interval`, ({ advertInterval }) => `${advertInterval} s`),
    connections: "at risk",
    effect: split,
  },
  preempt: {
    compare: told(phrase`preempt`, ({ preempt }) => (preempt ? say`on` : say`off`)),
    connections: "at risk",
    effect: phrase`with preempt, a host of higher priority that works takes the address over at once`,
  },
  preemptDelay: {
    compare: told(phrase`preempt delay`, ({ preemptDelay }) => `${preemptDelay} s`),
    connections: "kept",
    effect: phrase`no effect now; it decides when a host that returns takes the address over`,
  },
  unicast: {
    compare: told(phrase`adverts`, ({ unicast }) => (unicast ? say`unicast` : say`multicast`)),
    connections: "at risk",
    effect: split,
  },
  track: {
    compare: told(phrase`tracks`, ({ track }) => tracksText(track)),
    connections: "at risk",
    effect: phrase`a host whose track fails gives the address up, or loses priority`,
  },
  notify: {
    compare: told(phrase`program to run`, ({ notify }) =>
      notify === null ? say`none` : programText(notify),
    ),
    connections: "none",
    effect: phrase`keepalived runs it at the next change of state`,
  },
  notifyOn: {
    compare: told(phrase`programs by state`, ({ notifyOn }) => {
      const each = Object.entries(notifyOn).map(([state, program]) => `${state} ${programText(program)}`);
      return each.length === 0 ? say`none` : each.join(", ");
    }),
    connections: "none",
    effect: phrase`keepalived runs them at the next change to that state`,
  },
  runOnMaster: {
    compare: told(phrase`units of the master`, ({ runOnMaster }) =>
      runOnMaster.length === 0 ? say`none` : runOnMaster.join(", "),
    ),
    connections: "at risk",
    effect: phrase`units that are new in the list stop on hosts without the address`,
  },
  garp: {
    compare: told(
      phrase`announcements`,
      ({ garp: { delay, repeat, refresh, refreshRepeat } }) =>
        say`${repeat} and after ${delay} s, ${refreshRepeat} every ${refresh} s`,
    ),
    connections: "kept",
    effect: phrase`it decides how neighbours hear of the next master`,
  },
  bindBeforehand: {
    compare: told(phrase`listening beforehand`, ({ bindBeforehand }) =>
      bindBeforehand ? say`on` : say`off`,
    ),
    connections: "kept",
    effect: phrase`programs that listen already are not affected`,
  },
};

export function compareFloating(before: Cluster, after: Cluster): Change[] {
  const old = new Map(before.floating.map((address) => [address.ip, address]));
  const now = new Map(after.floating.map((address) => [address.ip, address]));
  return [
    ...[...now].flatMap(([ip, address]) => {
      const earlier = old.get(ip);
      return earlier === undefined
        ? [
            {
              subject: subjectOf(address),
              what: say`added`,
              connections: "none" as const,
              effect: added(address),
            },
          ]
        : changesBy(aspects, subjectOf(address), earlier, address);
    }),
    ...[...old.values()]
      .filter(({ ip }) => !now.has(ip))
      .map((address) => ({
        subject: subjectOf(address),
        what: say`removed`,
        connections: "ended" as const,
        effect: say`no host has the address any more: its connections end`,
      })),
  ];
}

function subjectOf({ name, ip }: FloatingAddress): string {
  return say`floating address ${name} ${ip}`;
}

function added({ members }: FloatingAddress): string {
  return say`moves between ${listed(members.map(memberText))}`;
}

function programText({ command, arguments: more, user }: Notify): string {
  return [command, ...more, say`as ${user}`].join(" ");
}

function memberText({ host, priority }: AddressHost): string {
  return priority === null ? host : say`${host} (priority ${priority})`;
}
