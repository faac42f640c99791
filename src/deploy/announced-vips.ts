/** Who announces each VIP to the routers, by what the directors report. Pure. */

import { announcedVips as vipsOf } from "../plan/announce.ts";
import type { Cluster } from "../topology/model.ts";
import type { HostStatus, RoleStatus } from "./status.ts";

export interface AnnouncedVip {
  /** With its prefix length. */
  readonly address: string;
  /** Directors that announce it, and have a session with a router. */
  readonly hosts: readonly string[];
  /** All other directors. */
  readonly others: readonly SilentDirector[];
}

export interface SilentDirector {
  readonly host: string;
  /** withdrawn: too few servers answer, or the director is stopped. unknown: it did not say. */
  readonly why: "drained" | "withdrawn" | "no session" | "unknown";
}

/** Nothing for clusters whose directors do not announce. @param statuses of all hosts, or of some */
export function announcedVips(
  { directors, services }: Pick<Cluster, "directors" | "services">,
  statuses: readonly HostStatus[],
): AnnouncedVip[] {
  if (directors.announce === null) return [];
  const roles = new Map(
    statuses.map(({ host, roles: own }) => [host, own.find(({ role }) => role === "lvs_dr")]),
  );
  return vipsOf({ services }).map((address) => {
    const silent = directors.hosts.flatMap((host): SilentDirector[] => {
      const why = whySilent(
        address,
        roles.get(host),
        directors.drained.includes(host) || roles.get(host)?.drained === true,
      );
      return why === null ? [] : [{ host, why }];
    });
    const others = new Set(silent.map(({ host }) => host));
    return { address, hosts: directors.hosts.filter((host) => !others.has(host)), others: silent };
  });
}

/** null: it is announced. */
function whySilent(
  address: string,
  role: RoleStatus | undefined,
  drained: boolean,
): SilentDirector["why"] | null {
  if (role?.announced === undefined) return "unknown";
  if (!role.announced.includes(address)) return drained ? "drained" : "withdrawn";
  // Without sessions in its report, BGP is another daemon's.
  const isHeard = role.sessions === undefined || role.sessions.some(({ state }) => state === "Established");
  return isHeard ? null : "no session";
}

/** A VIP that no router hears of. */
export function isUnheard({ hosts, others }: AnnouncedVip): boolean {
  return hosts.length === 0 && others.every(({ why }) => why !== "unknown");
}
