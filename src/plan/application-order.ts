/** In which order a host becomes what it shall be. Release is the exact reverse, so this order is what safety rests on. */

import type { Resource } from "./resources.ts";

/**
 * Kinds by rank. Modules first, as sysctls and devices are theirs. Sysctls before any address: a VIP that is there before the ARP
 * sysctls is answered for by real servers. Ways for answers before the table that causes them. Addresses
 * last: a VIP that is there before its services would refuse connections. keepalived brings both, in that order.
 */
const ranks: Readonly<Record<Resource["kind"], number>> = {
  module: 0,
  sysctl: 1,
  link: 2,
  fou: 3,
  route: 4,
  "default-route": 5,
  rule: 6,
  "firewall-rule": 7,
  opening: 8,
  timeouts: 9,
  "virtual-service": 10,
  "sync-daemon": 11,
  address: 12,
  "selinux-boolean": 13,
  keepalived: 14,
};

/** The resources in the order of application, each once; those of one kind stay in the order given. */
export function inOrder(resources: readonly Resource[]): Resource[] {
  const once = new Map<string, Resource>();
  for (const resource of resources) {
    const key = identity(resource);
    if (!once.has(key)) once.set(key, resource);
  }
  return [...once.values()].sort((a, b) => ranks[a.kind] - ranks[b.kind]);
}

/** Two that want the same of a host are one, whatever their reasons. */
function identity(resource: Resource): string {
  return JSON.stringify("reason" in resource ? { ...resource, reason: "" } : resource);
}
