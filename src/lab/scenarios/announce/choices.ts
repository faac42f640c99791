/** Which servers directors choose for the same connections. */

import { readFileSync } from "node:fs";
import { sendAnywhere, sendThrough } from "../../guest/announced.ts";
import { addressesOf, type Machine, peerOf } from "../../guest/machine.ts";
import { waitFor } from "../../guest/wait.ts";
import type { Trial } from "./trial.ts";

const FIRST_PORT = 20_000;
export const PORTS = 1000;
/** A director forgets a connection that was reset after 10 s. */
const FORGOTTEN_MS = 60_000;

/** The server of each port, by director. */
export type Choices = ReadonlyMap<string, readonly string[]>;

/** Asks for the same ports through one director after the other. */
export async function chosenBy(
  trial: Trial,
  names = trial.directors.map(({ name }) => name),
): Promise<Choices> {
  const { lab, announce, traffic, service } = trial;
  const chosen = new Map<string, readonly string[]>();
  const from = senderOf(trial);
  const paths = announce.paths.filter(({ director }) => names.includes(director));
  try {
    for (const path of paths) {
      await forgotten(lab.machine(path.director), from);
      await sendThrough(lab, announce, path);
      const peer = { ...peerOf(service), from };
      chosen.set(
        path.director,
        await traffic.ask<string[]>({ op: "choices", peer, first: FIRST_PORT, count: PORTS }),
      );
    }
  } finally {
    await sendAnywhere(lab, announce);
  }
  return chosen;
}

/** An address that nothing else of the lab sends from: a port that is in use could not be tried. */
function senderOf({ client }: Trial): string {
  return addressesOf(client.host, 4).at(-1) ?? "";
}

/** A connection that is still in the table goes where it went. */
async function forgotten({ name, namespace }: Machine, from: string): Promise<void> {
  const hex = from
    .split(".")
    .map((part) => Number(part).toString(16).toUpperCase().padStart(2, "0"))
    .join("");
  await waitFor(
    () => !readFileSync(`/proc/${namespace.agent.pid}/net/ip_vs_conn`, "utf8").includes(` ${hex} `),
    `${name} to forget earlier connections`,
    FORGOTTEN_MS,
  );
}

/** Every director has chosen the same, and nobody failed. @param never servers that must not be among them */
export function checkSame(trial: Trial, name: string, chosen: Choices, never: readonly string[] = []): void {
  const { lab, service, client } = trial;
  const all = [...chosen];
  const known = new Set(service.servers.map(({ host }) => host).filter((host) => !never.includes(host)));
  const [[, first = []] = []] = all;
  const problems = all.flatMap(([director, servers]) =>
    servers.flatMap((server, index) => {
      const port = FIRST_PORT + index;
      if (!known.has(server)) return [`${director}: port ${port}: ${server}`];
      return server === first[index] ? [] : [`${director}: port ${port}: ${server}, others ${first[index]}`];
    }),
  );
  const shares = [...known].map((host) => `${host} ${first.filter((server) => server === host).length}`);
  const figure =
    problems.length === 0
      ? `${all.length} directors, ${PORTS} ports: ${shares.join(", ")}`
      : `${problems.length} of ${all.length * PORTS} differ or fail`;
  lab.check(
    client.name,
    name,
    problems.length === 0 && all.length > 0,
    figure,
    problems.slice(0, 10).join("\n"),
  );
}

/** Ports that have another server than before. */
export function movedBetween(before: Choices, after: Choices): number {
  const [[director, servers] = ["", []]] = [...before];
  const now = after.get(director) ?? [];
  return servers.filter((server, index) => server !== now[index]).length;
}
