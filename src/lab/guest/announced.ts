/** VIPs that directors announce: which routers have heard of which director, and how flows are sent through one alone. */

import type { LabAnnounce, LabPath } from "../spec.ts";
import { weightOf } from "./director-state.ts";
import type { Lab } from "./lab.ts";
import { nextHops } from "./router.ts";
import { waitFor } from "./wait.ts";

/** Longer than BGP's sessions and first checks take by far. */
const PATIENCE_MS = 60_000;

/** Directors whose announcement of a VIP has reached the routers on the clients' way to them. */
export async function announcersOf(lab: Lab, announce: LabAnnounce, vip: string): Promise<string[]> {
  const known = new Map<string, string[]>();
  const announcers: string[] = [];
  for (const { director, hops } of announce.paths) {
    let isReached = true;
    for (const { router, via } of hops) {
      const ways = known.get(router) ?? (await nextHops(lab.machine(router), vip));
      known.set(router, ways);
      isReached &&= ways.includes(via);
    }
    if (isReached) announcers.push(director);
  }
  return announcers;
}

/** Directors that announce when all is well. */
export function expectedAnnouncers({ paths, drained }: LabAnnounce): string[] {
  return paths.map(({ director }) => director).filter((director) => !drained.includes(director));
}

/** Waits until each server has its weight at each director, and routers know of all directors. */
export async function settleAnnounced(lab: Lab, announce: LabAnnounce): Promise<void> {
  await lab.answerers();
  await waitForWeights(lab);
  await waitForAnnouncers(lab, announce, expectedAnnouncers(announce));
}

/** Waits until each director whose script runs has opened its gate for all that it may announce. */
export async function settleGates(lab: Lab): Promise<void> {
  await lab.answerers();
  for (const { machine } of lab.directors) {
    const { namespace, name } = machine;
    const allowed = [...namespace.readFiles("/run/lvsgen/gate").keys()];
    const isOpen = (): boolean => {
      const routes = namespace.readFile("/run/lvsgen-announced.conf");
      return allowed.every((vip) => routes.includes(`route ${vip}/`));
    };
    await waitFor(isOpen, `${name} to announce ${allowed.join(" and ")}`, PATIENCE_MS);
  }
}

export async function waitForWeights(lab: Lab): Promise<void> {
  for (const { machine } of lab.directors)
    for (const service of lab.spec.services)
      for (const server of service.servers)
        await waitFor(
          async () => (await weightOf(machine, service, server)) === server.weight,
          `${server.host} to have the weight ${server.weight} in ${service.name} at ${machine.name}`,
          PATIENCE_MS,
        );
}

/** Waits until routers know of these directors, and of no other. */
export async function waitForAnnouncers(
  lab: Lab,
  announce: LabAnnounce,
  expected: readonly string[],
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const wanted = [...expected].sort().join(" and ");
  for (const vip of announce.vips)
    await waitFor(
      async () => [...(await announcersOf(lab, announce, vip))].sort().join(" and ") === wanted,
      `${wanted || "nobody"} to announce ${vip} to the routers`,
      patienceMs,
      async () => `${(await announcersOf(lab, announce, vip)).join(" and ") || "nobody"} announces it`,
    );
}

/** Sends all packets for the VIPs through one director, whoever announces: as if the routers' choice fell on it. */
export async function sendThrough(lab: Lab, { vips }: LabAnnounce, { hops }: LabPath): Promise<void> {
  for (const { router, via } of hops)
    for (const vip of vips) await change(lab, router, `replace ${vip}/32 via ${via} metric ${PINNED}`);
}

/** Lets the routers choose again. */
export async function sendAnywhere(lab: Lab, { vips, paths }: LabAnnounce): Promise<void> {
  const routers = new Set(paths.flatMap(({ hops }) => hops.map(({ router }) => router)));
  for (const router of routers)
    for (const vip of vips) await change(lab, router, `flush ${vip}/32 metric ${PINNED}`);
}

/** Sends ICMP alone to another director, as a router may whose choice goes by what a packet holds. */
export async function sendIcmpThrough(lab: Lab, { vips }: LabAnnounce, { hops }: LabPath): Promise<void> {
  for (const { router, via } of hops)
    for (const vip of vips) {
      await change(lab, router, `replace ${vip}/32 via ${via} table ${OF_ICMP}`);
      await ip(lab, router, `rule add ipproto icmp to ${vip}/32 lookup ${OF_ICMP}`);
    }
}

export async function sendIcmpAnywhere(lab: Lab, { vips }: LabAnnounce, { hops }: LabPath): Promise<void> {
  for (const { router } of hops)
    for (const vip of vips) {
      await ip(lab, router, `rule del ipproto icmp to ${vip}/32 lookup ${OF_ICMP}`);
      await change(lab, router, `flush ${vip}/32 table ${OF_ICMP}`);
    }
}

const OF_ICMP = 100;

/** Before those that BIRD has learnt, which have 32. */
const PINNED = 1;

function change(lab: Lab, router: string, words: string): Promise<void> {
  return ip(lab, router, `route ${words}`);
}

async function ip(lab: Lab, router: string, words: string): Promise<void> {
  const { code, stderr } = await lab.machine(router).namespace.look(`ip ${words}`);
  if (code !== 0) throw new Error(`${router}: ip ${words}: ${stderr.trim()}`);
}
