/** The master is lost, or the directors lose sight of each other: one director answers, connections go on, nothing flaps. */

import { readFileSync } from "node:fs";
import type { Channel } from "../../guest/channel.ts";
import { holdersOf } from "../../guest/director-state.ts";
import type { Lab } from "../../guest/lab.ts";
import type { LongReport } from "../../guest/long-connection.ts";
import { type Machine, peerOf } from "../../guest/machine.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabService, LabVrrp } from "../../spec.ts";
import { dropAdverts, passAdverts } from "../moving/adverts.ts";
import { failHosts } from "../moving/host-faults.ts";
import { reportNeighbour } from "../moving/neighbour.ts";
import type { Scenario } from "../scenario.ts";
import { reportChecksWithout } from "./checks-without.ts";

/** Seconds beside what VRRP takes: announcement, the client's next try, a machine that is busy with other things. */
const ALLOWANCE = 3;
const PATIENCE_MS = 60_000;
const SYNC_PATIENCE_MS = 20_000;
const REQUESTS = 20;

export const failover: Scenario = {
  title:
    "when the master is lost another director answers, connections go on, and its return disturbs nobody",
  async run(lab) {
    const { vrrp, moving } = lab.spec;
    const service = lab.spec.services.find(({ protocol }) => protocol === "tcp");
    const isOfDirectors = vrrp !== null && service !== undefined;
    if (!isOfDirectors && moving.length === 0) {
      lab.omit("cluster", failover.title, "there are not two directors and a TCP service");
      return;
    }
    await lab.bringUp();
    if (moving.length > 0) await failHosts(lab);
    if (!isOfDirectors) return;
    const traffic = await lab.traffic(lab.clientOf(service));
    const [master] = await holdersOf(lab, service);
    if (!master) return;
    await reportChecksWithout(lab, vrrp, master);
    await lose(lab, service, vrrp, traffic, master);
    await comeBack(lab, service, vrrp, traffic, master);
    if (vrrp.link !== null) await loseClients(lab, service, vrrp, traffic);
    await split(lab, service, vrrp, traffic);
  },
};

async function lose(
  lab: Lab,
  service: LabService,
  vrrp: LabVrrp,
  traffic: Channel,
  master: Machine,
): Promise<void> {
  const peer = { ...peerOf(service), patienceMs: PATIENCE_MS };
  // One of them at least is none that the master itself answers.
  const keys: number[] = [];
  for (const _ of service.servers)
    keys.push((await traffic.ask<{ key: number }>({ op: "long-open", peer })).key);
  if (vrrp.isSynced) await waitForSync(lab, master);
  const limit = 4 * vrrp.advertInterval + ALLOWANCE;
  await master.unplug();
  const milliseconds = await traffic.ask<number>({ op: "until-answered", peer: peerOf(service) });
  const seconds = milliseconds / 1000;
  lab.check(
    master.name,
    "another director answers when the master is lost",
    seconds <= limit,
    `after ${seconds.toFixed(1)} s, at most ${limit} s`,
  );
  const all: LongReport[] = [];
  for (const key of keys) all.push(await traffic.ask<LongReport>({ op: "long-close", key }));
  if (!vrrp.isSynced) return;
  const closed = all.filter(({ server }) => server !== master.name);
  lab.check(
    lab.clientOf(service).name,
    "an open connection goes on at the other director",
    closed.length > 0 && closed.every(({ error }) => error === ""),
    `${closed.reduce((sum, { exchanges }) => sum + exchanges, 0)} exchanges`,
    closed.map(({ error, server }) => `${error} on the connection to ${server}`).join("\n"),
  );
}

/** The other directors learn of connections some seconds later (net/netfilter/ipvs/ip_vs_sync.c). */
async function waitForSync(lab: Lab, master: Machine): Promise<void> {
  const others = lab.directors.map(({ machine }) => machine).filter((machine) => machine !== master);
  const known = ({ namespace }: Machine): boolean =>
    readFileSync(`/proc/${namespace.agent.pid}/net/ip_vs_conn`, "utf8").includes(" ESTABLISHED ");
  await waitFor(() => others.every(known), "the open connection", SYNC_PATIENCE_MS).catch(() => {
    // The connection itself shows it.
  });
}

/** A director that returns must not take over, unless the topology wants it to; either way nobody notices. */
async function comeBack(
  lab: Lab,
  service: LabService,
  vrrp: LabVrrp,
  traffic: Channel,
  lost: Machine,
): Promise<void> {
  const before = await holdersOf(lab, service);
  await lost.plugIn();
  const delay = vrrp.preempt ? vrrp.checkPeriod : 0;
  const tally = await requestsFor(4 * vrrp.advertInterval + delay + 1, traffic, service);
  const after = await holdersOf(lab, service);
  const names = after.map(({ name }) => name).join(" and ");
  const expected = vrrp.preempt ? [lost] : before.filter((holder) => holder !== lost);
  const ok = after.length === 1 && after[0] === expected[0];
  const name = vrrp.preempt
    ? "a master that returns takes over"
    : "a master that returns leaves it to the other";
  lab.check(lost.name, name, ok, `${names || "nobody"} has ${service.vip}`);
  if (vrrp.preempt) {
    // The kernel tells other directors of a connection after some packets only: what is shorter is not known there.
    reportRequests(
      lab,
      service,
      "only a request under way may fail while a director takes over again",
      tally,
      1,
    );
  } else reportRequests(lab, service, "no request fails while a director returns", tally);
}

/** Requests one after the other for some seconds: whatever happens in them is seen. */
async function requestsFor(seconds: number, traffic: Channel, service: LabService): Promise<Tally[]> {
  const tallies: Tally[] = [];
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end)
    tallies.push(await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: 5 }));
  return tallies;
}

/** The master's own adverts still reach the others, and no client reaches the master. */
async function loseClients(lab: Lab, service: LabService, vrrp: LabVrrp, traffic: Channel): Promise<void> {
  const [master] = await holdersOf(lab, service);
  if (!master) return;
  const name = "a master that clients do not reach gives the VIP up";
  const carrier = await carrierOf(master, service);
  const limit = 4 * vrrp.advertInterval + ALLOWANCE;
  await master.unplug(carrier);
  const ask = traffic.ask<number>({ op: "until-answered", peer: peerOf(service) });
  const seconds = await ask.then(
    (milliseconds) => milliseconds / 1000,
    () => null,
  );
  const holders = await holdersOf(lab, service);
  const figure = seconds === null ? "nobody answers" : `after ${seconds.toFixed(1)} s, at most ${limit} s`;
  const names = holders.map((holder) => holder.name).join(" and ");
  const isOk = seconds !== null && seconds <= limit && holders.length === 1 && holders[0] !== master;
  lab.check(master.name, name, isOk, figure, `${names || "nobody"} has ${service.vip}`);
  await master.plugIn(carrier);
  // With preempt the first director is master again, when it has asked its servers.
  const first = lab.machine(service.directors[0] ?? "");
  await waitFor(
    async () => {
      const [holder, ...others] = await holdersOf(lab, service);
      return holder !== undefined && others.length === 0 && (!vrrp.preempt || holder === first);
    },
    `one director to have ${service.vip}`,
    PATIENCE_MS + vrrp.checkPeriod * 1000,
  );
}

/** The interface that has the VIP. */
async function carrierOf({ namespace }: Machine, { vip }: LabService): Promise<string> {
  const { stdout } = await namespace.look(`ip -o address show to ${vip}`);
  return /^\d+: (\S+) /.exec(stdout)?.[1] ?? "";
}

async function split(lab: Lab, service: LabService, { link }: LabVrrp, traffic: Channel): Promise<void> {
  const directors = lab.directors.map(({ machine }) => machine);
  const families = lab.spec.services.map(({ family }) => family);
  if (link === null) await dropAdverts(directors, families);
  else for (const machine of directors) await machine.unplug(link);
  await waitForHolders(lab, service, directors.length);
  if (link === null) await passAdverts(directors, families);
  else {
    await reportSplit(lab, service, link, traffic);
    for (const machine of directors) await machine.plugIn(link);
  }
  await waitForHolders(lab, service, 1);
  const [holder] = await holdersOf(lab, service);
  lab.check(holder?.name ?? "", "a split that heals ends with one master", true, `one has ${service.vip}`);
  await reportNeighbour(lab, service, holder);
  const tally = await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: REQUESTS });
  reportRequests(lab, service, "no request fails after a split", [tally]);
}

/** A link of their own is all that directors hear each other over (LVS218): what is left without it is said. */
async function reportSplit(lab: Lab, service: LabService, link: string, traffic: Channel): Promise<void> {
  const tally = await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: REQUESTS });
  const answered = sumOf(tally.servers);
  lab.check(
    lab.clientOf(service).name,
    `without ${link} the directors are split, each of them master, and clients are answered`,
    answered > 0,
    `${lab.directors.length} have ${service.vip}, ${sumOf(tally.errors)} errors in ${REQUESTS} requests`,
    JSON.stringify(tally.errors),
  );
}

async function waitForHolders(lab: Lab, service: LabService, count: number): Promise<void> {
  await waitFor(
    async () => (await holdersOf(lab, service)).length === count,
    `${count} of the directors to have ${service.vip}`,
    PATIENCE_MS,
  );
}

/** @param allowed errors that the cluster does not promise to be without */
function reportRequests(
  lab: Lab,
  service: LabService,
  name: string,
  tallies: readonly Tally[],
  allowed = 0,
): void {
  const errors = tallies.reduce((sum, tally) => sum + sumOf(tally.errors), 0);
  const all = tallies.reduce((sum, tally) => sum + sumOf(tally.servers) + sumOf(tally.errors), 0);
  const detail = JSON.stringify(tallies.map((tally) => tally.errors));
  lab.check(
    lab.clientOf(service).name,
    name,
    errors <= allowed && all > 0,
    `${errors} errors in ${all} requests`,
    detail,
  );
}
