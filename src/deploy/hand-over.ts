/** A host gives up its addresses: who has them, and who could. */

import { setTimeout as wait } from "node:timers/promises";
import type { SharedAddress } from "./drain-target.ts";
import type { RemoteHost } from "./remote-host.ts";
import { clusterStatus, type HostStatus, type RoleStatus } from "./status.ts";

/** Who has an address that a drained host gave up. */
export interface HandedOver {
  /** With its prefix length. */
  readonly address: string;
  /** The host that has it now; null: nobody has said so. */
  readonly host: string | null;
}

/** @returns what the host does not have any more, with who has it; null in `host` also while both have it */
export function handedOver(
  hosts: readonly HostStatus[],
  label: string,
  shared: readonly SharedAddress[],
): HandedOver[] {
  return shared.map(({ address, heirs }) => {
    const heir = heirs.find((name) => holds(hosts, name, address)) ?? null;
    return { address, host: holds(hosts, label, address) ? null : heir };
  });
}

/** Whether a host has one of these addresses. */
export function isHolder(
  hosts: readonly HostStatus[],
  label: string,
  shared: readonly SharedAddress[],
): boolean {
  return shared.some(({ address }) => holds(hosts, label, address));
}

/** Addresses that no other host could have now. */
export function withoutHeir(hosts: readonly HostStatus[], shared: readonly SharedAddress[]): string[] {
  return shared
    .filter(({ heirs }) => !heirs.some((name) => isAble(directorOf(hosts, name))))
    .map(({ address }) => address);
}

function isAble(role: RoleStatus | undefined): boolean {
  return role !== undefined && role.state === "running" && role.drained !== true;
}

function holds(hosts: readonly HostStatus[], name: string, address: string): boolean {
  const { addresses = [], announced } = directorOf(hosts, name) ?? {};
  // Every director has the VIPs that it announces, whether it announces them or not.
  if (announced !== undefined) return announced.includes(address);
  return addresses.some((each) => each.address === address && each.state === "present");
}

export function directorOf(hosts: readonly HostStatus[], name: string): RoleStatus | undefined {
  return hosts.find(({ host }) => host === name)?.roles.find(({ role }) => role === "lvs_dr");
}

/** Seconds between two looks. */
const PAUSE = 0.5;

export interface HandOver {
  readonly label: string;
  readonly shared: readonly SharedAddress[];
  /** Seconds. */
  readonly limit: number;
  /** Aborted: stop waiting. */
  readonly signal: AbortSignal;
}

/** @returns who has the addresses at the end, or when the time was up or the signal came */
export async function waitUntilHandedOver(
  remotes: readonly RemoteHost[],
  { label, shared, limit, signal }: HandOver,
): Promise<HandedOver[]> {
  const begin = Date.now();
  for (;;) {
    const hosts = await clusterStatus(remotes, remotes.length, () => {});
    const addresses = handedOver(hosts, label, shared);
    const seconds = (Date.now() - begin) / 1000;
    if (addresses.every(({ host }) => host !== null) || seconds >= limit || signal.aborted) return addresses;
    await wait(Math.min(PAUSE, limit - seconds) * 1000, undefined, { signal }).catch(() => {});
  }
}
