/** Requests are spread the way the scheduler, the weights and the persistence promise. */

import type { Channel } from "../../guest/channel.ts";
import type { Lab } from "../../guest/lab.ts";
import { addressesOf } from "../../guest/machine.ts";
import type { Peer } from "../../guest/peer.ts";
import { type Counts, mergeCounts, mergeTallies, type Tally } from "../../guest/tally.ts";
import type { LabService } from "../../spec.ts";
import { balancedSoFar, reportBalancedOnce } from "../high-availability/balanced-once.ts";
import type { Scenario } from "../scenario.ts";
import { compareShares, heaviestOf, showCounts } from "./shares.ts";
import { type Trial, trialOf } from "./trials.ts";

export const balance: Scenario = {
  title: "requests are spread as scheduler, weights and persistence promise",
  async run(lab) {
    await lab.bringUp();
    const before = balancedSoFar(lab);
    for (const service of lab.spec.services) await checkService(lab, service);
    if (lab.spec.vrrp !== null) await reportBalancedOnce(lab, before);
  },
};

async function checkService(lab: Lab, service: LabService): Promise<void> {
  const client = lab.clientOf(service);
  const trial = trialOf(service, addressesOf(client.host, service.family));
  const tallies = await send(lab, service, trial);
  const parts = trial.stays
    ? groupsByServer(trial, tallies)
    : mergeCounts(tallies.map(({ servers }) => servers));
  const problems = [
    ...errorsOf(tallies),
    ...(trial.stays ? straysOf(trial, tallies) : []),
    ...compareShares(service, parts, trial.sharing),
  ];
  lab.check(
    service.client,
    `${service.name} is balanced as ${trial.promise} promises`,
    problems.length === 0,
    figure(service, trial, tallies, parts),
    problems.length === 0 ? "" : `${problems.join("\n")}\n${await tableOf(lab, service)}`,
  );
}

/** What each sender was answered, in the trial's order. */
async function send(lab: Lab, service: LabService, { op, senders, count, refills }: Trial): Promise<Tally[]> {
  const traffic = await lab.traffic(lab.clientOf(service));
  const tallies: Tally[] = [];
  for (const { peers } of senders) {
    const tally = await traffic.ask<Tally>({ op, peers, count });
    tallies.push(refills ? await refill(traffic, peers, tally, heaviestOf(service)) : tally);
  }
  if (op === "hold") await traffic.ask({ op: "release" });
  return tallies;
}

/**
 * The heaviest server's connections end, and as many are opened: a scheduler that counts them puts these where room
 * is, one that takes turns does not.
 */
async function refill(traffic: Channel, peers: readonly Peer[], held: Tally, server: string): Promise<Tally> {
  const count = await traffic.ask<number>({ op: "release", server });
  const again = await traffic.ask<Tally>({ op: "hold", peers, count });
  return mergeTallies([{ ...held, servers: { ...held.servers, [server]: 0 } }, again]);
}

/** Servers of each group. */
function serversOfGroups({ senders }: Trial, tallies: readonly Tally[]): Map<string, string[]> {
  const servers = new Map<string, Set<string>>();
  senders.forEach(({ group }, index) => {
    const known = servers.get(group) ?? new Set();
    for (const name of Object.keys(tallies[index]?.servers ?? {})) known.add(name);
    servers.set(group, known);
  });
  return new Map([...servers].map(([group, names]) => [group, [...names]]));
}

/** How many groups a server answered first. */
function groupsByServer(trial: Trial, tallies: readonly Tally[]): Counts {
  const firsts = [...serversOfGroups(trial, tallies).values()].flatMap(([first]) => first ?? []);
  return mergeCounts(firsts.map((name) => ({ [name]: 1 })));
}

function straysOf(trial: Trial, tallies: readonly Tally[]): string[] {
  return [...serversOfGroups(trial, tallies)]
    .filter(([, names]) => names.length > 1)
    .map(([group, names]) => `${group} was answered by ${names.join(" and ")}, expected one of them`);
}

function errorsOf(tallies: readonly Tally[]): string[] {
  const errors = mergeCounts(tallies.map((tally) => tally.errors));
  return Object.entries(errors).map(([code, times]) => `${times} requests failed: ${code}`);
}

/** `10/10`; `4/4 of 8 clients that stay`; `15/5 held`; errors behind. */
function figure(service: LabService, trial: Trial, tallies: readonly Tally[], parts: Counts): string {
  const groups = new Set(trial.senders.map(({ group }) => group)).size;
  const kind = trial.stays
    ? ` of ${groups} that ${groups === 1 ? "stays" : "stay"}`
    : { hold: " held", datagrams: " of one socket", requests: "" }[trial.op];
  const errors = Object.entries(mergeCounts(tallies.map((tally) => tally.errors)));
  return [`${showCounts(service, parts)}${kind}`, ...errors.map(([code, times]) => `${times} ${code}`)].join(
    ", ",
  );
}

/** The directors' IPVS tables, for the reader of a failure. */
async function tableOf(lab: Lab, service: LabService): Promise<string> {
  const tables = await Promise.all(
    service.directors.map((name) => lab.machine(name).run(["ipvsadm", "-Ln"])),
  );
  return tables.map((table, index) => `${service.directors[index]}:\n${table.stdout}`).join("");
}
