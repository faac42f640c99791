/** A router on the clients' way takes only small packets, and its word comes to another director than the connection's. */

import { sendAnywhere, sendIcmpAnywhere, sendIcmpThrough, sendThrough } from "../../guest/announced.ts";
import { addressesOf, peerOf } from "../../guest/machine.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import type { LabPath } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";
import { packetsOf } from "./spread.ts";
import { begin, type Trial } from "./trial.ts";

/** Bytes: less than any tunnel leaves. */
const SMALL = 1000;

export const icmpErrors: Scenario = {
  title: "an ICMP error that arrives at another director than its connection reaches the right server",
  async run(lab) {
    const trial = await begin(lab, icmpErrors.title);
    if (trial === null) return;
    const names = trial.directors.map(({ name }) => name);
    const [first, ...others] = trial.announce.paths.filter(({ director }) => names.includes(director));
    const second = others.at(-1);
    if (first === undefined || second === undefined) {
      lab.omit("cluster", icmpErrors.title, "one director announces");
      return;
    }
    await narrow(trial, async () => askForLarge(trial, first, second));
  },
};

async function narrow({ lab, announce }: Trial, during: () => Promise<void>): Promise<void> {
  const { namespace, host } = lab.machine(announce.top);
  const [towardsClients] = host.interfaces;
  const set = (mtu: number) => namespace.look(`ip link set dev ${towardsClients?.name} mtu ${mtu}`);
  await set(SMALL);
  try {
    await during();
  } finally {
    await set(1500);
  }
}

async function askForLarge(trial: Trial, path: LabPath, other: LabPath): Promise<void> {
  const { lab, announce, client, service, traffic } = trial;
  const director = lab.machine(other.director);
  await sendThrough(lab, announce, path);
  await sendIcmpThrough(lab, announce, other);
  try {
    const before = packetsOf(director);
    // A server remembers what it heard of one client: each address is another.
    const senders = addressesOf(client.host, 4);
    const peers = senders.map((from) => ({ ...peerOf(service), from }));
    const tally = await traffic.ask<Tally>({ op: "large", peers, count: peers.length });
    const errors = packetsOf(director) - before;
    const came = sumOf(tally.servers);
    lab.check(
      client.name,
      "large answers come through where a router takes small packets",
      came === peers.length && errors > 0,
      `${came} of ${peers.length}, ${errors} ICMP errors at ${other.director}, connections at ${path.director}`,
      JSON.stringify(tally.errors),
    );
  } finally {
    await sendIcmpAnywhere(lab, announce, other);
    await sendAnywhere(lab, announce);
  }
}
