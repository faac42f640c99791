/** The server or director that a drain is about, by the word of the command line. */

import { suggestion } from "../base/suggest.ts";
import { type DrainTarget, drainTarget, labelOf, sharedAddresses } from "../deploy/drain-target.ts";
import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import { UsageError } from "./errors.ts";

/** @throws UsageError for a word that names nothing that can be drained */
export function targetOf(cluster: Cluster, word: string): DrainTarget {
  const label = labelAt(cluster, word) ?? word;
  const target = drainTarget(cluster, label);
  if (target === null) throw new UsageError(unknownText(cluster, label));
  return target;
}

/** Whoever has an address: a real server, which may be no host of the topology, or a host. */
function labelAt(cluster: Cluster, address: string): string | undefined {
  const servers = cluster.services.flatMap(({ realServers }) => realServers);
  const server = servers.find((each) => each.address === address);
  if (server !== undefined) return labelOf(server);
  return [...cluster.hosts.values()].find(({ addresses }) => addresses.some(({ ip }) => ip === address))
    ?.name;
}

function unknownText(cluster: Cluster, word: string): string {
  const labels = drainable(cluster);
  if (labels.length === 0)
    return say`this topology has nothing to drain: no real servers, and no two hosts for one address`;
  if (cluster.directors.hosts.includes(word))
    return say`${word} is the only director: no other host could have its VIPs`;
  if (cluster.hosts.has(word))
    return say`${word} is neither a real server nor a director. These are: ${labels.join(", ")}`;
  return say`unknown host ${JSON.stringify(word)}: ${suggestion(word, labels, say`the real servers and directors are`)}`;
}

/** Real servers, then hosts with addresses that move. */
export function drainable(cluster: Cluster): string[] {
  const servers = cluster.services.flatMap(({ realServers }) => realServers.map(labelOf));
  const holders = [...cluster.hosts.keys()].filter((host) => sharedAddresses(cluster, host).length > 0);
  return [...new Set([...servers, ...holders])];
}

/** What can be drained in a topology, for completion. */
export async function suggestDrainable(file: string | undefined): Promise<readonly string[]> {
  if (file === undefined || file === "-") return [];
  try {
    const { checkFile } = await import("./check-file.ts");
    const { cluster } = await checkFile(file);
    return cluster === null ? [] : drainable(cluster);
  } catch {
    return [];
  }
}
