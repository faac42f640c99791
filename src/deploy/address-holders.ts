/** Who has each floating address, by what the hosts report. Pure. */

import type { Cluster } from "../topology/model.ts";
import type { HostStatus } from "./status.ts";

export interface AddressHolders {
  readonly name: string;
  /** With its prefix length. */
  readonly address: string;
  /** Hosts that have it: one, unless something is wrong. */
  readonly hosts: readonly string[];
  /** Hosts that may have it, and did not say. */
  readonly unknown: readonly string[];
}

/** @param statuses of all hosts, or of some */
export function addressHolders(
  { floating }: Pick<Cluster, "floating">,
  statuses: readonly HostStatus[],
): AddressHolders[] {
  return floating.map(({ name, ip, prefix, members }) => {
    const address = `${ip}/${prefix}`;
    const states = members.map(({ host }) => ({ host, state: stateOf(statuses, host, address) }));
    return {
      name,
      address,
      hosts: states.filter(({ state }) => state === "present").map(({ host }) => host),
      unknown: states.filter(({ state }) => state === null).map(({ host }) => host),
    };
  });
}

/** null: the host did not say. */
function stateOf(statuses: readonly HostStatus[], host: string, address: string): string | null {
  const roles = statuses.find((status) => status.host === host)?.roles ?? [];
  const found = roles.flatMap(({ addresses }) => addresses).find((each) => each.address === address);
  return found?.state ?? null;
}

/** An address that two hosts have, or none of those that may. */
export function isAmiss({ hosts, unknown }: AddressHolders): boolean {
  return hosts.length > 1 || (hosts.length === 0 && unknown.length === 0);
}
