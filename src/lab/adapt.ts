/**
 * What of a cluster no lab can have is replaced before its scripts are rendered, and said: a page whose digest is known and whose
 * text is not, a check's program that this machine does not have, programs of the user's that keepalived runs (see
 * adapt-tracks.ts), and waits of many minutes.
 */

import type { Cluster, HealthCheck, VirtualService } from "../topology/model.ts";
import { replacedPrograms, withLabPrograms } from "./adapt-tracks.ts";
import { fixedPageDigest } from "./fixed-page.ts";
import { labProgram } from "./lab-program.ts";
import type { Replaced } from "./replaced.ts";

export interface Adapted {
  readonly cluster: Cluster;
  readonly replaced: readonly Replaced[];
}

/** @param missing programs that this machine does not have */
export function adaptToLab(cluster: Cluster, missing: readonly string[]): Adapted {
  const replaced: Replaced[] = [];
  const services = cluster.services.map((service) => {
    const { healthCheck } = service;
    if (healthCheck === null) return service;
    const change = changeOf(service, healthCheck, missing);
    if (change === null) return service;
    replaced.push({
      scenario: "health-check",
      service: service.name,
      name: change.name,
      reason: change.reason,
    });
    return { ...service, healthCheck: { ...healthCheck, ...change.check } };
  });
  const adapted = replaced.length === 0 ? cluster : { ...cluster, services };
  return { cluster: withLabPrograms(adapted), replaced: [...replaced, ...replacedPrograms(cluster)] };
}

interface Change extends Omit<Replaced, "service" | "scenario"> {
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
      check: { command: labProgram("check", name) },
    };
  if (digest !== null)
    return {
      name: `servers have the page of the digest ${digest}`,
      reason: "the lab's servers have a page of their own, whose digest replaces it",
      check: { digest: fixedPageDigest },
    };
  return null;
}
