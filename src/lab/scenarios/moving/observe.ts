/** Something happens to a host: who has which address afterwards, and how long clients had no answer. */

import { holdersOfMoving } from "../../guest/director-state.ts";
import type { Lab } from "../../guest/lab.ts";
import type { Peer } from "../../guest/peer.ts";
import { TimedOut, waitFor } from "../../guest/wait.ts";
import type { Watched } from "../../guest/watch.ts";
import type { LabMoving } from "../../spec.ts";

/** Seconds beside what tracks and VRRP take: announcement, the client's next try, a machine that is busy with other things. */
export const ALLOWANCE = 3;

/** Seconds until others notice that a master is gone (RFC 9568, 6.1), and have announced themselves. */
export function electionSeconds({ advertInterval }: LabMoving): number {
  return 4 * advertInterval + ALLOWANCE;
}

export interface Change {
  readonly begin: () => Promise<void>;
  /** Who should have each address then. */
  readonly expected: ReadonlyMap<LabMoving, string | null>;
  /** Seconds in which that should be so. */
  readonly within: number;
  /** Seconds that it has to stay so. */
  readonly stays: number;
}

export interface Outcome {
  readonly holders: readonly string[];
  readonly isExpected: boolean;
  /** Seconds between two answers, the longest time; null: none came any more. */
  readonly silence: number | null;
  readonly server: string;
}

export async function observe(
  lab: Lab,
  { begin, expected, within, stays }: Change,
): Promise<ReadonlyMap<LabMoving, Outcome>> {
  const addresses = [...expected.keys()];
  const watches = await startWatches(lab, addresses);
  await begin();
  await waitFor(
    async () => {
      for (const [moving, host] of expected)
        if (!isHeldBy(await holderNames(lab, moving), host)) return false;
      return true;
    },
    "the addresses to move",
    within * 1000,
  ).catch((error: unknown) => {
    // The checks say who has what.
    if (!(error instanceof TimedOut)) throw error;
  });
  await new Promise((resolve) => setTimeout(resolve, stays * 1000));
  const watched = await watches.stop();
  const outcomes = new Map<LabMoving, Outcome>();
  for (const moving of addresses) {
    const holders = await holderNames(lab, moving);
    const isExpected = isHeldBy(holders, expected.get(moving) ?? null);
    const { silence, server } = watched.get(moving) ?? { silence: null, server: "" };
    outcomes.set(moving, { holders, isExpected, silence, server });
  }
  return outcomes;
}

export async function holderNames(lab: Lab, moving: LabMoving): Promise<string[]> {
  return (await holdersOfMoving(lab, moving)).map(({ name }) => name);
}

function isHeldBy(holders: readonly string[], host: string | null): boolean {
  return host === null ? holders.length === 0 : holders.length === 1 && holders[0] === host;
}

export function words(names: readonly string[]): string {
  return names.join(" and ") || "nobody";
}

/** e.g. `4.2 s without an answer, at most 8 s`. */
export function silenceText(silence: number | null, most: number): string {
  return silence === null
    ? "no answer any more"
    : `${silence.toFixed(1)} s without an answer, at most ${most} s`;
}

/** Each client asks its addresses. */
async function startWatches(lab: Lab, addresses: readonly LabMoving[]) {
  const clients = [...new Set(addresses.map((moving) => lab.clientOf(moving)))];
  const ofClient = (client: (typeof clients)[number]): LabMoving[] =>
    addresses.filter((moving) => lab.clientOf(moving) === client);
  for (const client of clients) {
    const traffic = await lab.traffic(client);
    await traffic.ask({ op: "watch-start", peers: ofClient(client).map(peerOfMoving) });
  }
  return {
    async stop(): Promise<ReadonlyMap<LabMoving, Watched>> {
      const watched = new Map<LabMoving, Watched>();
      for (const client of clients) {
        const results = await (await lab.traffic(client)).ask<readonly Watched[]>({ op: "watch-stop" });
        for (const [at, moving] of ofClient(client).entries()) {
          const result = results[at];
          if (result !== undefined) watched.set(moving, result);
        }
      }
      return watched;
    },
  };
}

function peerOfMoving({ vip, port }: LabMoving): Peer {
  return { address: vip, port, protocol: "tcp" };
}
