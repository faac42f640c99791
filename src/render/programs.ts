/** Programs that a role's script calls on a host, for setup.sh to install. */

import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { Resource } from "../plan/resources.ts";
import { scriptParts } from "./script-parts.ts";

/** What every script needs, then what its resources need. */
export function programsOf({ host }: HostPlan, role: RolePlan): string[] {
  // If iptables is built on nf_tables, nft is the release's own firewall.
  const firewall = host.platform.iptables === "nft" && host.platform.nft ? "nft" : "iptables";
  const needed = role.resources.flatMap((resource) => programFor(resource, firewall) ?? []);
  return [...scriptParts(role).programs, ...needed];
}

function programFor(resource: Resource, firewall: string): string | null {
  switch (resource.kind) {
    case "module":
      return "modprobe";
    case "keepalived":
      return "keepalived";
    case "bird":
      return "bird";
    case "firewall-rule":
      return firewall;
    case "address":
      return resource.announce && !resource.address.includes(":") ? "arping" : null;
    default:
      return null;
  }
}
