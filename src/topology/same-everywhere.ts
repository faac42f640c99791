/** Scheduling by which any of several active directors sends a connection to the same server. */

import { isOlder } from "../base/versions.ts";
import { features } from "../platforms/features.ts";
import type { VirtualService as ServiceInput } from "./input.generated.ts";
import type { Host, VirtualService } from "./model.ts";

type Scheduling = Pick<ServiceInput, "scheduler" | "schedulerFlags">;

/**
 * With the fallback, new connections to a server of weight 0 go to others; without it they are refused. With ports, the
 * connections of one client spread.
 */
const flagsOf: Readonly<Record<string, readonly string[]>> = {
  mh: ["mh-fallback", "mh-port"],
  sh: ["sh-fallback", "sh-port"],
};

/**
 * Schedulers without memory, by which equal tables give equal choices (ip_vs_mh.c, ip_vs_sh.c, ip_vs_dh.c, ip_vs_fo.c).
 * The others go round, count connections, remember destinations or throw dice.
 */
const alike: ReadonlySet<string> = new Set(["mh", "sh", "dh", "fo"]);

/** Whether any director sends a connection of the service to the same server. */
export function choosesAlike(
  service: Pick<VirtualService, "scheduler" | "persistence" | "realServers">,
): boolean {
  const { scheduler, persistence, realServers } = service;
  return realServers.length < 2 || (alike.has(scheduler) && persistence === null);
}

/** Fills in what the topology leaves open: mh, or sh where a director's kernel lacks it, with their flags. */
export function sameEverywhere(input: Scheduling, directors: readonly Host[]): Scheduling {
  const scheduler = input.scheduler ?? (directors.every(hasMaglev) ? "mh" : "sh");
  const flags = (input.schedulerFlags ?? flagsOf[scheduler] ?? []) as NonNullable<
    Scheduling["schedulerFlags"]
  >;
  return { scheduler, schedulerFlags: flags };
}

function hasMaglev({ kernel, platform }: Host): boolean {
  const name = "scheduler mh";
  if (platform.lacks.includes(name) || platform.unknown.includes(name)) return false;
  return platform.backports.includes(name) || !isOlder(kernel, features[name].kernel ?? "0");
}
