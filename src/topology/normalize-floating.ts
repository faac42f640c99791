/** floatingAddresses of the topology -> the model. */

import { unique } from "../base/unique.ts";
import { parseCidr } from "./addresses.ts";
import { carriers } from "./carriers.ts";
import type { FloatingAddress as FloatingInput, ProgramToRun } from "./input.generated.ts";
import type { AddressHost, Announcements, FloatingAddress, Host, Notify, NotifyOn } from "./model.ts";
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
    notify: input.notify === undefined ? null : program(input.notify),
    notifyOn: byState(input.notifyOn),
    runOnMaster: unique((input.runOnMaster ?? []).map(serviceName)),
    garp: { ...announcementDefaults, ...input.garp },
    bindBeforehand: input.bindBeforehand ?? true,
    pointer,
  };
}

/** keepalived's own, but that lvsgen announces addresses again from time to time. */
export const announcementDefaults: Announcements = { delay: 5, repeat: 5, refresh: 60, refreshRepeat: 1 };

function program(input: ProgramToRun): Notify {
  return { command: input.command, arguments: input.arguments ?? [], user: input.user ?? "root" };
}

function byState(input: FloatingInput["notifyOn"] = {}): NotifyOn {
  return Object.fromEntries(Object.entries(input).map(([state, each]) => [state, program(each)]));
}

/** systemd and init scripts have the same short name for it. */
export function serviceName(unit: string): string {
  return unit.replace(/\.service$/, "");
}

/** Hosts that are there, each once. */
function membersOf(input: FloatingInput, hosts: ReadonlyMap<string, Host>): AddressHost[] {
  const members = new Map<string, AddressHost>();
  for (const { host, priority = null } of input.hosts.filter(() => true))
    if (hosts.has(host) && !members.has(host)) members.set(host, { host, priority });
  return [...members.values()];
}
