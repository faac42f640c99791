/** In which order hosts are rolled, and which at once. Pure. */

import { say } from "../../languages/say.ts";
import type { DrainTarget } from "../drain-target.ts";

export interface RollHost {
  readonly name: string;
  /** What sends to it; null: nothing, so that there is nothing to drain. */
  readonly target: DrainTarget | null;
  /** Whether it balances services: it has no place among the servers. */
  readonly isDirector: boolean;
  /** Whether it has addresses now that others may have. */
  readonly isMaster: boolean;
}

/** What would be lost if these were drained together: services, and addresses that no other host can have. */
export type Losses = (labels: readonly string[]) => readonly string[];

export interface RollPlan {
  /** Hosts that are rolled at once, in the order of the waves. */
  readonly waves: readonly (readonly string[])[];
  /** Hosts that cannot be drained without an outage. */
  readonly obstacles: readonly Obstacle[];
}

/** Why a roll cannot begin. */
export interface Obstacle {
  readonly host: string;
  readonly words: string;
}

/**
 * Real servers in the order of the topology, then directors from the lowest priority up, and those with addresses last: so
 * addresses move once, and never to a host that is still to be worked on if there is a choice.
 *
 * @param hosts in the order of the topology; directors in order of priority
 * @param parallel servers at once, fewer where a service would be left without capacity; directors go one by one
 */
export function planRoll(hosts: readonly RollHost[], parallel: number, losses: Losses): RollPlan {
  const holders = hosts.filter(isHolder).toReversed();
  const servers = hosts.filter((host) => !isHolder(host));
  const ordered = [
    ...holders.filter(({ isMaster }) => !isMaster),
    ...holders.filter(({ isMaster }) => isMaster),
  ];
  return {
    waves: [...wavesOf(servers, parallel, losses), ...ordered.map(({ name }) => [name])],
    obstacles: [...servers, ...ordered].flatMap((host) => obstacleOf(host, losses) ?? []),
  };
}

function isHolder({ target, isDirector }: RollHost): boolean {
  return isDirector || (target !== null && target.shared.length > 0);
}

function wavesOf(servers: readonly RollHost[], parallel: number, losses: Losses): string[][] {
  const waves: RollHost[][] = [];
  for (const server of servers) {
    const last = waves.at(-1);
    const together = [...(last ?? []), server];
    if (last !== undefined && together.length <= parallel && losses(labelsOf(together)).length === 0)
      last.push(server);
    else waves.push([server]);
  }
  return waves.map((wave) => wave.map(({ name }) => name));
}

function obstacleOf(host: RollHost, losses: Losses): Obstacle | null {
  const words = host.target === null ? unreplaced(host) : lossText(host, losses);
  return words === null ? null : { host: host.name, words };
}

function unreplaced({ name, isDirector }: RollHost): string | null {
  return isDirector ? say`${name} is the only director: no other host could have its VIPs` : null;
}

function lossText(host: RollHost, losses: Losses): string | null {
  const lost = losses(labelsOf([host]));
  return lost.length === 0 ? null : say`without ${host.name} nobody answers at ${lost.join(", ")}`;
}

export function labelsOf(hosts: readonly RollHost[]): string[] {
  return hosts.flatMap(({ target }) => target?.label ?? []);
}
