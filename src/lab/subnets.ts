/** Subnets of a cluster, and which of them share a wire. */

import type { Cluster, Host } from "../topology/model.ts";
import { networkOf } from "./addressing.ts";
import type { LabSubnet } from "./spec.ts";

/**
 * Every subnet of the cluster's interfaces. Subnets that meet on one interface (IPv4 and IPv6, say) share its
 * switch: a switch is a broadcast domain, a subnet only a range of addresses.
 */
export function subnetsOf(cluster: Cluster): LabSubnet[] {
  const subnets: { cidr: string; family: 4 | 6; switch: number }[] = [];
  for (const host of cluster.hosts.values()) {
    for (const addresses of interfacesOf(host).values()) {
      const members = addresses.map((address) => {
        const cidr = networkOf(address.ip, address.prefix);
        const known = subnets.find((subnet) => subnet.cidr === cidr);
        if (known) return known;
        const added = { cidr, family: address.family, switch: subnets.length };
        subnets.push(added);
        return added;
      });
      const target = Math.min(...members.map((subnet) => subnet.switch));
      const merged = new Set(members.map((subnet) => subnet.switch));
      for (const subnet of subnets) if (merged.has(subnet.switch)) subnet.switch = target;
    }
  }
  return subnets;
}

/** Addresses of a host by interface, in the topology's order. */
export function interfacesOf(host: Host): Map<string, Host["addresses"][number][]> {
  const byName = new Map<string, Host["addresses"][number][]>();
  for (const address of host.addresses) {
    const list = byName.get(address.interface) ?? [];
    list.push(address);
    byName.set(address.interface, list);
  }
  return byName;
}
