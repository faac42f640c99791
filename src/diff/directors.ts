/** Directors of two clusters: who they are, how they agree, and what all services share. */

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
  timeouts: {
    compare: told("timeouts", ({ timeouts }) =>
      timeouts === null
        ? "the kernel's"
        : `tcp ${timeouts.tcp} s, tcpFin ${timeouts.tcpFin} s, udp ${timeouts.udp} s`,
    ),
    connections: "kept",
    effect:
      "open connections take the new ones with their next packet; one that is idle for longer is forgotten",
  },
};

const directorsAspects: Aspects<Cluster["directors"]> = {
  hosts: {
    compare: told("hosts in order of priority", ({ hosts }) => hosts.join(", ")),
    connections: "at risk",
    effect:
      "where the VIP moves to another director, its connections end, unless they are synchronised and the forwarding is dr or tun",
  },
  engine: {
    compare: told("engine", ({ engine }) => engine),
    connections: "at risk",
    effect: "VIPs and services are handed over from one program to the other: expect that connections end",
  },
  asRealServer: {
    compare: told("directors as real servers", ({ asRealServer }) => asRealServer),
    connections: "at risk",
    effect: "services are known by another name, or rest: until all directors have it, packets may go round",
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
    effect: "open connections stay; what the other director knows of them begins anew",
  },
  vrrp: null,
  notification: {
    compare: told("mail", ({ notification }) =>
      notification === null
        ? "none"
        : `to ${notification.emails.join(", ")} from ${notification.from} by ${notification.smtpServer}`,
    ),
    connections: "none",
    effect: "only who is told of failures changes",
  },
};

/** While one director has the new and another the old, they do not hear each other. */
const split =
  "until all directors have it, each may be master, and connections go astray: change the standby first, at a quiet time";

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
    effect: "nothing now; it decides whether a director that returns takes over, which ends connections",
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
    // Its text is for nobody.
    compare: ({ authPassword: before }, { authPassword: after }) =>
      (before?.reveal() ?? null) === (after?.reveal() ?? null) ? null : "password changes",
    connections: "at risk",
    effect: split,
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
    effect: "servers that use one as their gateway lose their way back while it moves",
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
