/**
 * keepalived works on when the script has ended: it finds a master, and takes servers in when they have passed their
 * first check. A cluster is up when that is done.
 */

import { readFileSync } from "node:fs";
import { holdersOf, weightOf } from "./director-state.ts";
import type { Lab } from "./lab.ts";
import type { Machine } from "./machine.ts";
import { waitFor } from "./wait.ts";

/** Longer than an election and a first check take by far. */
const PATIENCE_MS = 60_000;

/** With ipvsadm a cluster is up when its scripts have ended. */
export async function settle(lab: Lab): Promise<void> {
  if (lab.spec.engine !== "keepalived") return;
  const directors = lab.directors.map(({ machine }) => machine);
  const servers = lab.spec.services.reduce((sum, service) => sum + service.servers.length, 0);
  await lab.answerers();
  await waitFor(
    () => directors.every((director) => serversIn(director) >= servers),
    `all ${servers} servers in the table of each director`,
    PATIENCE_MS,
  );
  await settleDirectors(lab);
  // It stood in for servers that had not passed their first check.
  for (const service of lab.spec.services)
    for (const director of directors)
      await waitFor(
        async () => service.sorry === null || (await weightOf(director, service, service.sorry)) === null,
        `${director.name} without the sorry server of ${service.name}`,
        PATIENCE_MS,
      );
}

/** Waits until the directors that run have agreed on a master. */
export async function settleDirectors(lab: Lab): Promise<void> {
  for (const service of lab.spec.services)
    await waitFor(
      async () => (await holdersOf(lab, service)).length === 1,
      `one director that has ${service.vip}`,
      PATIENCE_MS,
    );
}

/** Servers that a director knows, of whichever service. */
function serversIn(director: Machine): number {
  const table = readFileSync(`/proc/${director.namespace.agent.pid}/net/ip_vs`, "utf8");
  return table.split("\n").filter((line) => /^ {2}-> [[0-9A-F]/.test(line)).length;
}
