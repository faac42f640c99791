/** Who carries addresses that move, and what decides which host is master. */

import type { Announcements, Cluster, FloatingAddress, Notify, NotifyOn, Track } from "../topology/model.ts";
import { announcementDefaults } from "../topology/normalize-floating.ts";
import type { Secret } from "../topology/secret.ts";
import { preemptDelay } from "./preempt-delay.ts";

/** Addresses with one election move together. */
export interface Election {
  /** The hosts that may be master. */
  readonly members: readonly Member[];
  /** Seconds. */
  readonly advertInterval: number;
  /** Whether a member of higher priority takes over when it returns. */
  readonly preempt: boolean;
  /** Seconds until it does so; null: at once. */
  readonly preemptDelay: number | null;
  /** Adverts go to the other members' addresses, not to the multicast group. */
  readonly unicast: boolean;
  readonly password: Secret | null;
  /** What each member watches. */
  readonly tracks: readonly Track[];
  readonly notify: Notify | null;
  readonly notifyOn: NotifyOn;
  readonly garp: Announcements;
}

interface Member {
  /** A host's name. */
  readonly host: string;
  /** 1 to 254; the highest is master first. */
  readonly priority: number;
}

/** Of the directors: their order is that of their priorities. */
export function directorElection({ directors, services }: Cluster): Election {
  const { advertInterval, preempt, unicast, authPassword, track } = directors.vrrp;
  const { hosts } = directors;
  const checks = services.flatMap(({ healthCheck }) => healthCheck ?? []);
  return {
    members: hosts.map((host, place) => ({ host, priority: priorityOf(place, hosts.length, track) })),
    advertInterval,
    preempt,
    preemptDelay: preempt ? preemptDelay(checks) : null,
    unicast,
    password: authPassword,
    tracks: track,
    notify: null,
    notifyOn: {},
    garp: announcementDefaults,
  };
}

/** Of each floating address. Addresses of the same hosts and settings have one election: they move together. */
export function floatingElections({ floating }: Cluster): Map<FloatingAddress, Election> {
  const elections = new Map<string, Election>();
  return new Map(
    floating.map((address) => {
      const key = JSON.stringify(moveTogether(address));
      const election = elections.get(key) ?? floatingElection(address);
      elections.set(key, election);
      return [address, election];
    }),
  );
}

/** All that decides when an address moves, and where to. */
function moveTogether({
  members,
  advertInterval,
  preempt,
  preemptDelay,
  unicast,
  track: tracks,
  notify,
  notifyOn,
  garp,
}: FloatingAddress) {
  return { members, advertInterval, preempt, preemptDelay, unicast, tracks, notify, notifyOn, garp };
}

function floatingElection(address: FloatingAddress): Election {
  return {
    ...moveTogether(address),
    members: withPriorities(address),
    preemptDelay: address.preempt && address.preemptDelay > 0 ? address.preemptDelay : null,
    password: null,
  };
}

function withPriorities({ members, track }: FloatingAddress): Member[] {
  return members.map(({ host, priority }, place) => ({
    host,
    priority: priority ?? priorityOf(place, members.length, track),
  }));
}

/** The seeds' first director, and room below it. */
const highest = 150;
const widestStep = 10;

/**
 * 1 to 254 by the order of members, the first one's being the highest; each is another's for up to 254 of them (255
 * is for a router that owns the addresses itself: RFC 9568, 5.2.4). The step between two is smaller than any weight, so
 * that the next one takes over from a host whose track fails.
 */
export function priorityOf(place: number, members: number, tracks: readonly Track[]): number {
  const weights = tracks.flatMap(({ weight }) => (weight === null ? [] : Math.abs(weight) - 1));
  const step = Math.max(1, Math.min(widestStep, ...weights));
  return members * step <= highest ? highest - place * step : 254 - place;
}
