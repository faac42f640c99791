/** Whether the directors' own checks find a rolled host well. Pure. */

import { say } from "../../languages/say.ts";
import type { Cluster, HealthCheck } from "../../topology/model.ts";
import { serversOf } from "../drain.ts";
import { labelOf } from "../drain-target.ts";
import { directorOf } from "../hand-over.ts";
import type { HostStatus } from "../status.ts";

/** Seconds until a failure that is there now has been noticed by every check of a real server. */
export function secondsToNotice({ services }: Pick<Cluster, "services">, label: string): number {
  const checks = services
    .filter(({ realServers }) => realServers.some((server) => labelOf(server) === label))
    .flatMap(({ healthCheck }) => healthCheck ?? []);
  return Math.max(0, ...checks.map(noticed));
}

function noticed({ interval, timeout, retries, delayBeforeRetry }: HealthCheck): number {
  return interval + timeout + retries * (delayBeforeRetry + timeout);
}

/** What a director lacks of a real server whose services are checked; null: nothing. */
export function missingServer(
  { services, directors }: Pick<Cluster, "services" | "directors">,
  label: string,
  now: readonly HostStatus[],
): string | null {
  const checked = services.filter(
    ({ healthCheck, realServers }) =>
      healthCheck !== null && realServers.some((server) => labelOf(server) === label),
  );
  for (const director of directors.hosts) {
    const table = directorOf(now, director)?.services;
    // A director that does not answer sends nothing, or as it did before.
    if (table === undefined || director === label) continue;
    const missing = checked.find(
      ({ name }) =>
        serversOf(
          table.filter((service) => service.name === name),
          label,
        ).length === 0,
    );
    if (missing !== undefined) return say`the check of ${missing.name} on ${director} fails`;
  }
  return null;
}

/** A server that another director has and this one lacks; null: none. */
export function incompleteTable(label: string, now: readonly HostStatus[]): string | null {
  const own = new Set(serversIn(now, label));
  const others = now.filter(({ host }) => host !== label).flatMap(({ host }) => serversIn(now, host));
  const missing = others.find((server) => !own.has(server));
  return missing === undefined ? null : say`it does not have ${missing} in its table yet`;
}

/** `SERVICE: SERVER` of all that are there. */
function serversIn(now: readonly HostStatus[], host: string): string[] {
  return (directorOf(now, host)?.services ?? []).flatMap(({ name, servers }) =>
    servers.filter(({ state }) => state === "present").map(({ label }) => `${name}: ${label}`),
  );
}
