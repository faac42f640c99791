/** A lab that is being drawn up: MACs and addresses are given out as hosts are added. */

import { bootWrites } from "../platforms/shipped-sysctls.ts";
import { freeAddress, prefixOf } from "./addressing.ts";
import type { LabHost, LabInterface, LabSubnet } from "./spec.ts";

export interface Draft {
  readonly subnets: readonly LabSubnet[];
  readonly taken: Set<string>;
  readonly names: ReadonlySet<string>;
  macs: number;
}

export function freeName(draft: Draft, wanted: string): string {
  return draft.names.has(wanted) ? freeName(draft, `lab-${wanted}`) : wanted;
}

/** A host that runs no scripts. */
export function plainHost(name: string, kind: LabHost["kind"], interfaces: readonly LabInterface[]): LabHost {
  return {
    name,
    kind,
    interfaces,
    sysctls: bootWrites({}),
    routes: [],
    interpreter: ["sh"],
    scripts: [],
    files: [],
    programs: [],
    applications: [],
    ports: [],
    carriedVips: [],
    tunnelDevices: [],
    router: null,
    unused: "",
  };
}

/** An interface on a subnet's switch, with these addresses. */
export function wire(draft: Draft, subnet: LabSubnet, ...ips: readonly string[]): LabInterface {
  return {
    name: "eth0",
    mac: nextMac(draft),
    switch: subnet.switch,
    addresses: ips.map((ip) => `${ip}/${prefixOf(subnet.cidr)}`),
  };
}

export function takeAddress(draft: Draft, subnet: LabSubnet): string {
  const ip = freeAddress(subnet.cidr, draft.taken);
  draft.taken.add(ip);
  return ip;
}

/** Locally administered addresses that differ at a glance. */
export function nextMac(draft: Draft): string {
  draft.macs += 1;
  const hex = draft.macs.toString(16).padStart(4, "0");
  return `02:00:00:00:${hex.slice(0, 2)}:${hex.slice(2)}`;
}
