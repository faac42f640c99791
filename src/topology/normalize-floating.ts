/** floatingAddresses of the topology -> the model. */

import { parseCidr } from "./addresses.ts";
import { carriers } from "./carriers.ts";
import type { FloatingAddress as FloatingInput } from "./input.generated.ts";
import type { AddressHost, FloatingAddress, Host } from "./model.ts";
import { normalizeTracks } from "./normalize-track.ts";
import { vrrpDefaults } from "./normalize-vrrp.ts";

/** @returns null if the address is none, which the schema reports */
export function normalizeFloating(
  input: FloatingInput,
  pointer: string,
  hosts: ReadonlyMap<string, Host>,
): FloatingAddress | null {
  const cidr = parseCidr(input.address);
  if (cidr === null) return null;
  const members = membersOf(input, hosts);
  return {
    name: input.name,
    ...cidr,
    members,
    interfaces: carriers(
      cidr.ip,
      input.interface,
      members.flatMap(({ host }) => hosts.get(host) ?? []),
    ),
    virtualRouterId: input.virtualRouterId ?? vrrpDefaults.virtualRouterId,
    advertInterval: input.advertInterval ?? vrrpDefaults.advertInterval,
    preempt: input.preempt ?? vrrpDefaults.preempt,
    preemptDelay: input.preemptDelay ?? 0,
    unicast: input.unicast ?? vrrpDefaults.unicast,
    track: normalizeTracks(input.track),
    notify: input.notify === undefined ? null : { arguments: [], user: "root", ...input.notify },
    bindBeforehand: input.bindBeforehand ?? true,
    pointer,
  };
}

/** Hosts that are there, each once. */
function membersOf(input: FloatingInput, hosts: ReadonlyMap<string, Host>): AddressHost[] {
  const members = new Map<string, AddressHost>();
  for (const { host, priority = null } of input.hosts.filter(() => true))
    if (hosts.has(host) && !members.has(host)) members.set(host, { host, priority });
  return [...members.values()];
}
