/**
 * What of a cluster no lab can have is replaced before its scripts are rendered, and said: a page whose digest is known and whose
 * text is not, a check's program that this machine does not have, and the hosts' own programs, which tracks and floating
 * addresses are for.
 */

import type { Cluster, HealthCheck, VirtualService } from "../topology/model.ts";
import { fixedPageDigest } from "./fixed-page.ts";

export interface Adapted {
  readonly cluster: Cluster;
  readonly replaced: readonly Replaced[];
}

export interface Replaced {
  readonly service: string;
  /** What would have been proven. */
  readonly name: string;
  readonly reason: string;
}

/** Folder of the lab's own programs; each host of the lab has /usr/local to itself. */
const PROGRAMS = "/usr/local/sbin";

/** The lab's own program for a service whose check runs one that is not here. */
function ownProgram(service: string): string {
  return `${PROGRAMS}/lvsgen-lab-check-${service}`;
}

export function isOwnProgram(command: string): boolean {
  return command.startsWith(ownProgram(""));
}

/** @param missing programs that this machine does not have */
export function adaptToLab(cluster: Cluster, missing: readonly string[]): Adapted {
  const replaced: Replaced[] = [];
  const services = cluster.services.map((service) => {
    const { healthCheck } = service;
    if (healthCheck === null) return service;
    const change = changeOf(service, healthCheck, missing);
    if (change === null) return service;
    replaced.push({ service: service.name, name: change.name, reason: change.reason });
    return { ...service, healthCheck: { ...healthCheck, ...change.check } };
  });
  const own = ownPrograms(cluster);
  const adapted = replaced.length === 0 ? cluster : { ...cluster, services };
  return {
    cluster: own.length === 0 ? adapted : withoutOwnPrograms(adapted),
    replaced: [...replaced, ...own],
  };
}

function ownPrograms({ directors, floating }: Cluster): Replaced[] {
  const reason = "the lab's hosts do not have their own programs";
  return [
    ...(directors.vrrp.track.length === 0
      ? []
      : [{ service: "directors", name: "a director whose track fails gives the VIPs up", reason }]),
    ...floating.map(({ name }) => ({
      service: name,
      name: "the floating address moves when its host fails",
      reason,
    })),
  ];
}

function withoutOwnPrograms(cluster: Cluster): Cluster {
  const { directors } = cluster;
  return { ...cluster, floating: [], directors: { ...directors, vrrp: { ...directors.vrrp, track: [] } } };
}

interface Change extends Omit<Replaced, "service"> {
  readonly check: Partial<HealthCheck>;
}

function changeOf(
  { name }: VirtualService,
  { type, command, digest }: HealthCheck,
  missing: readonly string[],
): Change | null {
  if (type === "script" && command !== null && missing.includes(command))
    return {
      name: `${command} finds servers that work, and those that do not`,
      reason: "this machine does not have it; a program of the lab's own replaces it",
      check: { command: ownProgram(name) },
    };
  if (digest !== null)
    return {
      name: `servers have the page of the digest ${digest}`,
      reason: "the lab's servers have a page of their own, whose digest replaces it",
      check: { digest: fixedPageDigest },
    };
  return null;
}
