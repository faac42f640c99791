/**
 * keepalived works on when the script has ended: it finds a master, and takes servers in when they have passed their
 * first check. A cluster is up when that is done.
 */

import { readFileSync } from "node:fs";
import type { LabMoving, LabService } from "../spec.ts";
import { settleAnnounced, settleGates } from "./announced.ts";
import { holdersOf, holdersOfMoving, weightOf } from "./director-state.ts";
import type { Lab } from "./lab.ts";
import type { Machine } from "./machine.ts";
import { waitFor } from "./wait.ts";

/** Longer than an election and a first check take by far. */
const PATIENCE_MS = 60_000;
/** Of a cluster whose settling timed out before, in another scenario. */
const AGAIN_MS = 15_000;

/** Labs whose servers did not all come. */
const lacking = new WeakSet<Lab>();

/** With ipvsadm a cluster is up when its scripts have ended. */
export async function settle(lab: Lab): Promise<void> {
  const { announce, engine } = lab.spec;
  if (announce !== null) await settleAnnounced(lab, announce);
  else if (engine === "keepalived") await settleServices(lab);
  await settleMoving(lab);
}

async function settleServices(lab: Lab): Promise<void> {
  const directors = lab.directors.map(({ machine }) => machine);
  const servers = lab.spec.services.reduce((sum, service) => sum + service.servers.length, 0);
  await lab.answerers();
  await waitFor(
    () => directors.every((director) => serversIn(director) >= servers),
    `all ${servers} servers in the table of each director`,
    lacking.has(lab) ? AGAIN_MS : PATIENCE_MS,
    () => missingServers(lab),
  );
  await settleDirectors(lab);
  // It answered for servers that had not passed their first check.
  for (const service of lab.spec.services)
    for (const director of directors)
      await waitFor(
        async () => service.sorry === null || (await weightOf(director, service, service.sorry)) === null,
        `${director.name} without the sorry server of ${service.name}`,
        PATIENCE_MS,
      );
}

/** Waits until the directors that run have agreed on a master. */
async function settleDirectors(lab: Lab): Promise<void> {
  for (const service of lab.spec.services)
    await waitFor(
      async () => (await holdersOf(lab, service)).length === 1,
      `one director that has ${service.vip}`,
      PATIENCE_MS,
    );
}

/** Waits until one of those that run has each VIP and each address that moves, whoever it is. */
export async function settleHolders(lab: Lab): Promise<void> {
  const { announce, engine } = lab.spec;
  if (announce !== null) await settleGates(lab);
  else if (engine === "keepalived") await settleDirectors(lab);
  for (const moving of lab.spec.moving)
    await waitFor(
      async () => (await holdersOfMoving(lab, moving)).length === 1,
      `one host that has ${moving.name}`,
      PATIENCE_MS,
    );
}

/**
 * Waits until one host has each address; where a host of higher priority takes it over, until the first one that runs
 * has it.
 */
export async function settleMoving(lab: Lab): Promise<void> {
  for (const moving of lab.spec.moving) {
    const { name, preempt, preemptDelay } = moving;
    await waitFor(
      async () => {
        const holders = await holdersOfMoving(lab, moving);
        const first = lab.carriersOf(moving).find((run) => run.machine.name === firstOf(moving));
        return holders.length === 1 && (!preempt || holders[0] === first?.machine);
      },
      `${preempt ? firstOf(moving) : "one host"} to have ${name}`,
      PATIENCE_MS + preemptDelay * 1000,
    );
  }
}

function firstOf({ members }: LabMoving): string {
  return members.reduce((one, other) => (other.priority > one.priority ? other : one)).host;
}

/** Who lacks whom, and which check that server did not pass. */
async function missingServers(lab: Lab): Promise<string> {
  lacking.add(lab);
  const { directors, spec } = lab;
  const lines: string[] = [];
  for (const { machine } of directors)
    for (const service of spec.services)
      for (const server of service.servers)
        if ((await weightOf(machine, service, server)) === null)
          lines.push(`${machine.name}: ${service.name} lacks ${server.host}, ${reasonOf(service)}`);
  return lines.join("\n");
}

function reasonOf({ check }: LabService): string {
  return check === null ? "which has no check" : `which did not pass its ${check.type} check`;
}

/** Servers that a director knows, of whichever service. */
function serversIn(director: Machine): number {
  const table = readFileSync(`/proc/${director.namespace.agent.pid}/net/ip_vs`, "utf8");
  return table.split("\n").filter((line) => /^ {2}-> [[0-9A-F]/.test(line)).length;
}
