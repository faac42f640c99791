/** Routers know the VIPs of every director, and nothing else; new connections reach each of them. */

import { readFileSync } from "node:fs";
import { quoteWord } from "../../../base/quote-word.ts";
import { type Machine, peerOf } from "../../guest/machine.ts";
import { birdc } from "../../guest/router.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabPath } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";
import { begin, type Trial } from "./trial.ts";

/** So many that none of a few directors is left out by chance. */
const REQUESTS = 80;

export const spread: Scenario = {
  title:
    "routers learn the VIPs from every director and nothing else, and new connections reach each of them",
  async run(lab) {
    const trial = await begin(lab, spread.title);
    if (trial === null) return;
    for (const path of trial.announce.paths) await reportAnnounced(trial, path);
    await reportOwnRoutes(trial);
    await reportArp(trial);
    await reportSpread(trial);
  },
};

/** What the router beside a director has learnt from it. */
async function reportAnnounced(
  { lab, announce }: Trial,
  { director, address, neighbor }: LabPath,
): Promise<void> {
  const shown = await birdc(
    lab.machine(neighbor).namespace,
    `show route all where ${quoteWord(`from = ${address}`)}`,
  );
  const learnt = [...shown.matchAll(/^(\d\S+)\s/gm)].map(([, prefix = ""]) => prefix);
  const wanted = announce.drained.includes(director) ? [] : announce.vips.map((vip) => `${vip}/32`);
  const ok = [...new Set(learnt)].sort().join(" ") === [...wanted].sort().join(" ");
  lab.check(
    neighbor,
    `${director} announces its VIPs and nothing else`,
    ok,
    learnt.join(", ") || "nothing",
    shown,
  );
}

/** Directors send their answers by the routes that they had. */
async function reportOwnRoutes({ lab, directors }: Trial): Promise<void> {
  for (const { name, namespace } of directors) {
    const { stdout } = await namespace.look("ip route show table all proto bird");
    lab.check(name, "BGP brings no routes to the director", stdout.trim() === "", stdout.trim() || "none");
  }
}

/** Packets come by routes: whoever has a VIP keeps quiet. A router asks where its hosts are. */
async function reportArp({ lab, announce }: Trial): Promise<void> {
  for (const machine of lab.machines.values()) {
    if (machine.host.kind !== "router") continue;
    const answers: string[] = [];
    for (const { name } of machine.host.interfaces)
      for (const vip of announce.vips) answers.push(...(await askForNeighbour(machine, vip, name)));
    lab.check(
      machine.name,
      "nobody answers ARP for a VIP",
      answers.length === 0,
      `${answers.length} answers`,
      answers.join("\n"),
    );
  }
}

const ARP_PATIENCE_MS = 20_000;

async function askForNeighbour({ namespace }: Machine, vip: string, device: string): Promise<string[]> {
  const show = async (): Promise<string> =>
    (await namespace.look(`ip neigh show ${vip} dev ${device}`)).stdout.trim();
  await namespace.look(`ip neigh replace ${vip} dev ${device} use`);
  await waitFor(async () => /FAILED|lladdr/.test(await show()), `the end of ARP for ${vip}`, ARP_PATIENCE_MS);
  const shown = await show();
  await namespace.look(`ip neigh del ${vip} dev ${device}`);
  return shown.includes("lladdr") ? [`${device}: ${shown}`] : [];
}

async function reportSpread(trial: Trial): Promise<void> {
  const { lab, traffic, service, client, directors } = trial;
  const before = new Map(directors.map((director) => [director, connectionsOf(director)]));
  const tally = await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: REQUESTS });
  const got = directors.map((director) => connectionsOf(director) - (before.get(director) ?? 0));
  const figure = directors.map(({ name }, index) => `${name} ${got[index]}`).join(", ");
  lab.check(
    client.name,
    "new connections reach each director",
    got.every((count) => count > 0),
    `${figure} of ${REQUESTS}`,
  );
  const errors = sumOf(tally.errors);
  lab.check(
    client.name,
    "none of them fails",
    errors === 0,
    `${errors} errors`,
    JSON.stringify(tally.errors),
  );
}

/** That IPVS has scheduled so far. */
function connectionsOf(director: Machine): number {
  return statistic(director, 0);
}

/** That came to IPVS so far. */
export function packetsOf(director: Machine): number {
  return statistic(director, 1);
}

/** A line for each processor, in hexadecimal; what is behind `~`, as in ip_vs_stats, is of some seconds ago. */
function statistic({ namespace }: Machine, column: number): number {
  const lines = readFileSync(`/proc/${namespace.agent.pid}/net/ip_vs_stats_percpu`, "utf8").split("\n");
  return lines
    .filter((line) => /^ *[0-9A-F]+( +[0-9A-F]+){5} *$/.test(line))
    .reduce((sum, line) => sum + Number.parseInt(line.trim().split(/ +/)[column + 1] ?? "0", 16), 0);
}
