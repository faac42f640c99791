/** Directors of two clusters, their VRRP, and settings of all services. */

import { tracksText } from "../render/track-text.ts";
import type { Cluster, Vrrp } from "../topology/model.ts";
import { type Aspects, type Change, changesBy, told } from "./change.ts";

const subject = "directors";

const clusterAspects: Aspects<Cluster> = {
  name: {
    compare: told("name of the cluster", ({ name }) => name),
    connections: "none",
    effect: "comments and the name of keepalived's sync group change",
  },
  // Each has a table of its own.
  hosts: null,
  directors: null,
  services: null,
  floating: null,
  timeouts: {
    compare: told("timeouts", ({ timeouts }) =>
      timeouts === null
        ? "the kernel's"
        : `tcp ${timeouts.tcp} s, tcpFin ${timeouts.tcpFin} s, udp ${timeouts.udp} s`,
    ),
    connections: "kept",
    effect:
      "open connections get the new timeouts with their next packet; one that is idle for longer expires",
  },
};

const directorsAspects: Aspects<Cluster["directors"]> = {
  hosts: {
    compare: told("hosts in order of priority", ({ hosts }) => hosts.join(", ")),
    connections: "at risk",
    effect:
      "if the VIP moves to another director, its connections end, unless they are synchronised and the forwarding is dr or tun",
  },
  engine: {
    compare: told("engine", ({ engine }) => engine),
    connections: "at risk",
    effect: "VIPs and services move from one program to the other: expect connections to end",
  },
  asRealServer: {
    compare: told("directors as real servers", ({ asRealServer }) => asRealServer),
    connections: "at risk",
    effect:
      "services get another key in the IPVS table, or are idle on standby directors: until all directors have the change, packets may loop",
  },
  connectionSync: {
    compare: told("connection sync", ({ connectionSync }) =>
      connectionSync === null
        ? "off"
        : Object.entries(connectionSync)
            .flatMap(([key, value]) => (value === null ? [] : `${key} ${value}`))
            .join(", "),
    ),
    connections: "kept",
    effect: "open connections stay; the other director learns them again",
  },
  vrrp: null,
  notification: {
    compare: told("mail", ({ notification }) =>
      notification === null
        ? "none"
        : `to ${notification.emails.join(", ")} from ${notification.from} by ${notification.smtpServer}`,
    ),
    connections: "none",
    effect: "failures are reported to other addresses",
  },
};

/** While directors have different values, they ignore each other's adverts. */
const split =
  "until all directors have it, each may be master, and connections may break: change the standby first, at a quiet time";

const vrrpAspects: Aspects<Vrrp> = {
  virtualRouterId: {
    compare: told("virtual router id", ({ virtualRouterId }) => `${virtualRouterId}`),
    connections: "at risk",
    effect: split,
  },
  advertInterval: {
    compare: told("advert interval", ({ advertInterval }) => `${advertInterval} s`),
    connections: "at risk",
    effect: split,
  },
  preempt: {
    compare: told("preempt", ({ preempt }) => (preempt ? "on" : "off")),
    connections: "kept",
    effect: "no effect now; it decides whether a director that returns takes over, which ends connections",
  },
  unicast: {
    compare: told("adverts", ({ unicast }) => (unicast ? "unicast" : "multicast")),
    connections: "at risk",
    effect: split,
  },
  interface: {
    compare: told("link of the adverts", ({ interface: name }) => name ?? "that of the VIP"),
    connections: "at risk",
    effect: split,
  },
  authPassword: {
    // Its text is never shown.
    compare: ({ authPassword: before }, { authPassword: after }) =>
      (before?.reveal() ?? null) === (after?.reveal() ?? null) ? null : "password changes",
    connections: "at risk",
    effect: split,
  },
  track: {
    compare: told("tracks", ({ track }) => tracksText(track)),
    connections: "at risk",
    effect: "a director whose track fails gives the VIP up, or loses priority",
  },
  addresses: {
    compare: told(
      "floating addresses",
      ({ addresses }) =>
        addresses
          .map(
            ({ ip, prefix, virtualRouterId, interfaces }) =>
              `${ip}/${prefix} id ${virtualRouterId} on ${[...new Set(interfaces.values())].toSorted().join(", ")}`,
          )
          .join("; ") || "none",
    ),
    connections: "at risk",
    effect: "servers that use one as their gateway lose their return path while it moves",
  },
};

export function compareDirectors(before: Cluster, after: Cluster): Change[] {
  return [
    ...changesBy(clusterAspects, "cluster", before, after),
    ...changesBy(directorsAspects, subject, before.directors, after.directors),
    ...(after.directors.engine === "keepalived"
      ? changesBy(vrrpAspects, subject, before.directors.vrrp, after.directors.vrrp)
      : []),
  ];
}
