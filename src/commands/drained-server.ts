/** The server that a drain is about, by the word of the command line. */

import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import type { Cluster, RealServer } from "../topology/model.ts";
import { UsageError } from "./errors.ts";

export interface DrainedServer {
  /** As the directors' scripts call it: its host's name, or its address. */
  readonly label: string;
  /** Least weight of working servers, by service. */
  readonly quorums: ReadonlyMap<string, number>;
  /** Services that it belongs to and that keep clients at their server. */
  readonly persistent: readonly string[];
  /** Whether they do so for a server of weight 0, too. */
  readonly keepsTemplates: boolean;
  /** Services that it belongs to and that have no connections, which IPVS counts as inactive. */
  readonly connectionless: readonly string[];
}

/** @throws UsageError for a word that names no real server */
export function serverOf(cluster: Cluster, word: string): DrainedServer {
  const servers = cluster.services.flatMap(({ realServers }) => realServers);
  const found = servers.find((server) => labelOf(server) === word || server.address === word);
  if (found === undefined) throw new UsageError(unknownText(cluster, word, servers));
  const label = labelOf(found);
  const services = cluster.services.filter(({ realServers }) =>
    realServers.some((server) => labelOf(server) === label),
  );
  const names = (wanted: (service: (typeof services)[number]) => boolean): string[] =>
    services.filter(wanted).map(({ name }) => name);
  return {
    label,
    quorums: new Map(services.map(({ name, quorum }) => [name, quorum])),
    persistent: names(({ persistence }) => persistence !== null),
    keepsTemplates: cluster.directors.hosts.some(
      (name) => cluster.hosts.get(name)?.sysctls.expireQuiescentTemplate === false,
    ),
    connectionless: names(({ protocol }) => protocol === "udp"),
  };
}

function labelOf({ host, address }: RealServer): string {
  return host ?? address;
}

function unknownText(cluster: Cluster, word: string, servers: readonly RealServer[]): string {
  const labels = [...new Set(servers.map(labelOf))];
  if (labels.length === 0) return say`this topology has no virtual services, so there is nothing to drain`;
  if (cluster.directors.hosts.includes(word))
    return say`${word} is a director, not a real server: to move its VIPs to another director, stop lvs_dr there`;
  if (cluster.hosts.has(word))
    return say`${word} is not a real server of any service. The real servers are: ${labels.join(", ")}`;
  return say`unknown host ${JSON.stringify(word)}: ${suggestion(word, labels, say`the real servers are`)}`;
}

/** The real servers of a topology, for completion. */
export async function suggestServers(file: string | undefined): Promise<readonly string[]> {
  if (file === undefined || file === "-") return [];
  try {
    const { checkFile } = await import("./check-file.ts");
    const { cluster } = await checkFile(file);
    const servers = cluster?.services.flatMap(({ realServers }) => realServers) ?? [];
    return [...new Set(servers.map(labelOf))];
  } catch {
    return [];
  }
}
