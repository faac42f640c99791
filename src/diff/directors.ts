/** Directors of two clusters, their VRRP, and settings of all services. */

import { listed } from "../base/counted.ts";
import { phrase, say } from "../languages/say.ts";
import { tracksText } from "../render/track-text.ts";
import type { Cluster, Vrrp } from "../topology/model.ts";
import { compareAnnounce } from "./announce.ts";
import { type Aspects, type Change, changesBy, told } from "./change.ts";

const clusterAspects: Aspects<Cluster> = {
  name: {
    compare: told(phrase`name of the cluster`, ({ name }) => name),
    connections: "none",
    effect: phrase`comments and the name of keepalived's sync group change`,
  },
  // Each has a table of its own.
  hosts: null,
  directors: null,
  services: null,
  floating: null,
  timeouts: {
    compare: told(phrase`timeouts`, ({ timeouts }) =>
      timeouts === null
        ? say`the kernel's`
        : say`tcp ${timeouts.tcp} s, tcpFin ${timeouts.tcpFin} s, udp ${timeouts.udp} s`,
    ),
    connections: "kept",
    effect: phrase`open connections get the new timeouts with their next packet; one that is idle for longer expires`,
  },
};

const directorsAspects: Aspects<Cluster["directors"]> = {
  hosts: {
    compare: told(phrase`hosts in order of priority`, ({ hosts }) => listed(hosts)),
    connections: "at risk",
    effect: phrase`if the VIP moves to another director, its connections end, unless they are synchronised and the forwarding is dr or tun`,
  },
  engine: {
    compare: told(phrase`engine`, ({ engine }) => engine),
    connections: "at risk",
    effect: phrase`VIPs and services move from one program to the other: expect connections to end`,
  },
  asRealServer: {
    compare: told(phrase`directors as real servers`, ({ asRealServer }) => asRealServer),
    connections: "at risk",
    effect: phrase`services get another key in the IPVS table, or are idle on standby directors: until all directors have the change, packets may loop`,
  },
  connectionSync: {
    compare: told(phrase`connection sync`, ({ connectionSync }) =>
      connectionSync === null
        ? say`off`
        : listed(
            Object.entries(connectionSync).flatMap(([key, value]) =>
              value === null ? [] : `${key} ${value}`,
            ),
          ),
    ),
    connections: "kept",
    effect: phrase`open connections stay; the other director learns them again`,
  },
  vrrp: null,
  announce: null,
  drained: null,
  notification: {
    compare: told(phrase`mail`, ({ notification }) =>
      notification === null
        ? say`none`
        : say`to ${listed(notification.emails)} from ${notification.from} by ${notification.smtpServer}`,
    ),
    connections: "none",
    effect: phrase`failures are reported to other addresses`,
  },
};

/** While directors have different values, they ignore each other's adverts. */
const split = phrase`until all directors have it, each may be master, and connections may break: change the standby first, at a quiet time`;

const vrrpAspects: Aspects<Vrrp> = {
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
    connections: "kept",
    effect: phrase`no effect now; it decides whether a director that returns takes over, which ends connections`,
  },
  unicast: {
    compare: told(phrase`adverts`, ({ unicast }) => (unicast ? say`unicast` : say`multicast`)),
    connections: "at risk",
    effect: split,
  },
  interface: {
    compare: told(phrase`link of the adverts`, ({ interface: name }) => name ?? say`that of the VIP`),
    connections: "at risk",
    effect: split,
  },
  authPassword: {
    // Its text is never shown.
    compare: ({ authPassword: before }, { authPassword: after }) =>
      (before?.reveal() ?? null) === (after?.reveal() ?? null) ? null : say`password changes`,
    connections: "at risk",
    effect: split,
  },
  track: {
    compare: told(phrase`tracks`, ({ track }) => tracksText(track)),
    connections: "at risk",
    effect: phrase`a director whose track fails gives the VIP up, or loses priority`,
  },
  addresses: {
    compare: told(
      phrase`floating addresses`,
      ({ addresses }) =>
        addresses
          .map(
            ({ ip, prefix, virtualRouterId, interfaces }) =>
              say`${ip}/${prefix} id ${virtualRouterId} on ${listed([...new Set(interfaces.values())].toSorted())}`,
          )
          .join("; ") || say`none`,
    ),
    connections: "at risk",
    effect: phrase`servers that use one as their gateway lose their return path while it moves`,
  },
};

export function compareDirectors(before: Cluster, after: Cluster): Change[] {
  const subject = say`directors`;
  const announces = before.directors.announce !== null && after.directors.announce !== null;
  // Active directors have no order: who comes and goes is compareAnnounce's.
  const aspects = announces ? { ...directorsAspects, hosts: null } : directorsAspects;
  return [
    ...changesBy(clusterAspects, say`cluster`, before, after),
    ...changesBy(aspects, subject, before.directors, after.directors),
    ...compareAnnounce(before, after),
    ...(after.directors.engine === "keepalived"
      ? changesBy(vrrpAspects, subject, before.directors.vrrp, after.directors.vrrp)
      : []),
  ];
}
