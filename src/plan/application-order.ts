/** The order in which a host gets its resources. Release is the exact reverse, so that safety depends on this order. */

import type { Resource } from "./resources.ts";

/**
 * Kinds by rank. Modules first, as sysctls and devices are theirs. Sysctls before any address: real
 * servers would answer ARP for a VIP without the ARP sysctls. Return paths before the table that needs them. Addresses
 * last: a VIP without its services would refuse connections. keepalived adds both, in that order. Units after
 * it: a unit that does not start is no reason for keepalived not to. Announcements at the end, so that they are withdrawn first.
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
  unit: 15,
  "server-order": 16,
  bird: 17,
  announcement: 18,
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

/** Two resources that differ in their reasons only are one. */
function identity(resource: Resource): string {
  return JSON.stringify("reason" in resource ? { ...resource, reason: "" } : resource);
}
