/** How a service is tried, so that what its scheduler and its persistence promise can be seen. Pure. */

import { roundOf } from "../../../plan/shares.ts";
import { network } from "../../../topology/addresses.ts";
import type { Peer } from "../../guest/peer.ts";
import type { LabService } from "../../spec.ts";
import {
  anyhow,
  apart,
  atHeaviest,
  byWeight,
  evenly,
  heaviest,
  liveServers,
  overflowing,
  type Sharing,
  shared,
} from "./shares.ts";

/** Where a sender sends to, one after the other in turn. Senders of a group are one client to the director. */
export interface Sender {
  readonly group: string;
  readonly peers: readonly Peer[];
}

export interface Trial {
  /** What makes the promise: `wrr`, `rr with persistence`. */
  readonly promise: string;
  /** Each on a connection of its own; the same, kept open; all from one socket. */
  readonly op: "requests" | "hold" | "datagrams";
  readonly senders: readonly Sender[];
  /** Requests of each sender. */
  readonly count: number;
  /** What ends at the heaviest server is opened again: where room is, by schedulers that count. */
  readonly refills: boolean;
  /** All of a group go to one server, and it is groups that are shared out; otherwise requests are. */
  readonly stays: boolean;
  readonly sharing: Sharing;
}

/** Requests that show a promise, at least. */
const ENOUGH = 20;
/** Connections held at once, at most. */
const HELD_MOST = 64;
const PER_SENDER = 4;

/**
 * The service's trial.
 *
 * @param addresses the client's, of the service's family
 */
export function trialOf(service: LabService, addresses: readonly string[]): Trial {
  const trial = chooseTrial(service, addresses);
  const count = trial.senders.length * trial.count;
  // The kernel counts closed connections against a threshold too, for minutes (ip_vs_dest_totalconns).
  const isLimited = liveServers(service).some(({ upperThreshold }) => inReach(upperThreshold, count));
  return isLimited ? { ...trial, sharing: anyhow } : trial;
}

function inReach(threshold: number, count: number): boolean {
  return threshold > 0 && threshold <= count;
}

/** The first that fits. */
function chooseTrial(service: LabService, addresses: readonly string[]): Trial {
  const { scheduler, persistence } = service;
  if (persistence?.engine === "sip") return sipCalls(service);
  if (persistence !== null) return persistentClients(service, addresses, persistence.prefix);
  return (TRIALS[scheduler] ?? answered)(service, addresses);
}

type TrialMaker = (service: LabService, addresses: readonly string[]) => Trial;

const oneAfterTheOther = (service: LabService): Trial => ({
  promise: service.onePacket ? `one-packet ${service.scheduler}` : service.scheduler,
  op: service.onePacket ? "datagrams" : "requests",
  senders: [{ group: "", peers: peersOf(service) }],
  count: ENOUGH,
  refills: false,
  stays: false,
  sharing: shared,
});

/** Nothing more that one client could see: whoever lives may answer, but of equals not one alone. */
const answered: TrialMaker = oneAfterTheOther;

const inTurn: TrialMaker = (service) => ({
  ...oneAfterTheOther(service),
  ...wholeRounds(liveServers(service).map(() => 1)),
  sharing: evenly,
});

const weighted: TrialMaker = (service) => ({
  ...oneAfterTheOther(service),
  ...wholeRounds(liveServers(service).map(({ weight }) => weight)),
  sharing: byWeight,
});

/**
 * Schedulers that count connections show what they do while these are open. Of UDP nothing is: its clients count as
 * inactive until the kernel forgets them, and single packets not at all.
 */
function counting(
  counted: "active" | "all",
  weights: (service: LabService) => readonly number[],
  sharing: Sharing,
): TrialMaker {
  return (service) => {
    const rounds = wholeRounds(weights(service));
    if (rounds.count > HELD_MOST) return answered(service, []);
    if (isHeld(service))
      return {
        ...oneAfterTheOther(service),
        ...rounds,
        op: "hold",
        refills: endsAtDirector(service),
        sharing,
      };
    const isCounted = counted === "all" && !service.onePacket;
    return { ...oneAfterTheOther(service), ...rounds, sharing: isCounted ? sharing : apart };
  };
}

/** The end of an SCTP association may take another of the server's addresses, past the director, which counts on. */
function endsAtDirector({ protocol }: LabService): boolean {
  return protocol !== "sctp";
}

const weightsOf = (service: LabService): number[] => liveServers(service).map(({ weight }) => weight);
const equalOf = (service: LabService): number[] => liveServers(service).map(() => 1);

function isHeld({ protocol }: LabService): boolean {
  return protocol !== "udp";
}

/** One more than the heaviest takes. */
const overflow: TrialMaker = (service) => {
  const servers = liveServers(service);
  const count = heaviest(servers) + 2;
  if (!isHeld(service) || count > HELD_MOST || servers.length < 2) return answered(service, []);
  return { ...oneAfterTheOther(service), op: "hold", count, refills: true, sharing: overflowing };
};

/** The client's address decides; with a flag its port too. */
const bySource: TrialMaker = (service, addresses) => {
  if (service.schedulerFlags.some((flag) => flag.endsWith("-port")))
    return { ...oneAfterTheOther(service), promise: `${service.scheduler}-port`, sharing: apart };
  const senders = addresses.map((from) => ({ group: from, peers: peersOf(service, { from }) }));
  // Which addresses meet at a server is the hash's business.
  return { ...oneAfterTheOther(service), senders, count: PER_SENDER, stays: true, sharing: anyhow };
};

/** The VIP decides: whoever asks for it asks the same server. */
const byDestination: TrialMaker = (service, addresses) => {
  const senders = addresses.map((from) => ({ group: service.vip, peers: peersOf(service, { from }) }));
  return { ...oneAfterTheOther(service), senders, count: PER_SENDER, stays: true, sharing: anyhow };
};

/**
 * The same, until its server has more active connections than its weight and another one none (is_overloaded of
 * ip_vs_lblc.c): as many again all go there. Of UDP no connection is active.
 */
const byDestinationUntilFull: TrialMaker = (service, addresses) => {
  if (!isHeld(service)) return answered(service, addresses);
  const servers = liveServers(service);
  const count = heaviest(servers) + 1;
  const isEqual = servers.every(({ weight }) => weight === heaviest(servers));
  if (!isEqual || servers.length < 2 || 2 * count > HELD_MOST) return byDestination(service, addresses);
  const groups = [service.vip, `${service.vip} when its server is full`];
  const senders = groups.map((group) => ({ group, peers: peersOf(service) }));
  return { ...oneAfterTheOther(service), op: "hold", senders, count, stays: true, sharing: evenly };
};

const TRIALS: Readonly<Record<string, TrialMaker>> = {
  rr: inTurn,
  wrr: weighted,
  lc: counting("all", equalOf, evenly),
  wlc: counting("all", weightsOf, byWeight),
  sed: counting("active", weightsOf, byWeight),
  nq: counting("active", weightsOf, byWeight),
  sh: bySource,
  mh: bySource,
  dh: byDestination,
  lblc: byDestinationUntilFull,
  lblcr: byDestinationUntilFull,
  fo: (service) => ({ ...oneAfterTheOther(service), sharing: atHeaviest }),
  ovf: overflow,
};

/** Schedulers that compare how many connections servers have. */
const COUNTING: ReadonlySet<string> = new Set(["lc", "wlc", "sed", "nq"]);

/** A client stays where it is, at whichever of the service's ports; other clients are shared out. */
function persistentClients(service: LabService, addresses: readonly string[], prefix: number): Trial {
  const groups = [...new Set(addresses.map((address) => network(address, prefix)))];
  const senders = addresses.map((from) => ({
    group: network(from, prefix),
    peers: peersOf(service, { from }),
  }));
  const taken = groups.slice(0, sharedOut(service, groups.length));
  return {
    ...oneAfterTheOther(service),
    promise: `${service.scheduler} with persistence`,
    // Nothing is counted of what has ended: clients are there at the same time.
    ...(isHeld(service) && COUNTING.has(service.scheduler) ? { op: "hold" as const } : {}),
    senders: senders.filter(({ group }) => taken.includes(group)),
    count: Math.max(PER_SENDER, service.ports.length),
    stays: true,
    sharing: sharingOfGroups(service, taken.length),
  };
}

/** The Call-ID decides, wherever a call's messages come from. */
function sipCalls(service: LabService): Trial {
  const calls = Array.from({ length: sharedOut(service, 8) }, (_, index) => `call-${index}@lab`);
  return {
    ...oneAfterTheOther(service),
    promise: `${service.scheduler} with SIP persistence`,
    op: "requests",
    senders: calls.map((callId) => ({ group: callId, peers: peersOf(service, { callId }) })),
    count: PER_SENDER,
    stays: true,
    sharing: sharingOfGroups(service, calls.length),
  };
}

/** Of so many clients, those that make whole rounds of the weights; all where there are too few for one. */
function sharedOut(service: LabService, count: number): number {
  const round = service.scheduler === "wrr" ? roundOf(weightsOf(service)) : 1;
  return round > count ? count : count - (count % round);
}

/**
 * Templates of persistence are no connections, so that schedulers that count those promise no exact shares of clients;
 * but clients of equal servers do not all meet at one.
 */
function sharingOfGroups(service: LabService, groups: number): Sharing {
  if (service.scheduler === "rr") return evenly;
  if (service.scheduler === "wrr" && groups % roundOf(weightsOf(service)) === 0) return byWeight;
  return COUNTING.has(service.scheduler) ? shared : anyhow;
}

function wholeRounds(weights: readonly number[]): { count: number } {
  const round = roundOf(weights);
  return { count: Math.ceil(ENOUGH / round) * round };
}

function peersOf(service: LabService, more: Partial<Peer> = {}): Peer[] {
  return service.ports.map((port) => ({
    address: service.vip,
    port,
    protocol: service.protocol,
    ...more,
  }));
}
