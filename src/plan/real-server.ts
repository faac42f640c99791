/** What a real server needs to accept traffic for the VIPs that directors send to it. */

import type { Cluster, Host } from "../topology/model.ts";
import { inOrder } from "./application-order.ts";
import { byMethod } from "./forwarding/methods.ts";
import { carriedVips, ingressInterfaces, quietArp } from "./forwarding/vip-carrier.ts";
import { hostRoutes } from "./host-routes.ts";
import { membershipsOf } from "./memberships.ts";
import { openingPlan } from "./openings.ts";
import type { RolePlan } from "./role-plan.ts";

/** The role's plan, or null for a host that no service names. */
export function realServerPlan(cluster: Cluster, host: Host): RolePlan | null {
  const members = membershipsOf(cluster, host);
  if (members.length === 0) return null;
  const firewall = openingPlan(cluster, host, "real-server");
  // With direct routing and tunnels packets for the VIP arrive unchanged.
  const carried = members.filter(({ server }) => server.forwarding !== "nat");
  const needs = byMethod(members).flatMap(([method, ofMethod]) => method.realServer(cluster, host, ofMethod));
  return {
    role: "real-server",
    interfaces: ingressInterfaces(host, members),
    openings: firewall.said,
    resources: inOrder([
      ...hostRoutes(host),
      ...quietArp(host, carried),
      ...needs,
      ...firewall.applied,
      ...carriedVips(carried),
    ]),
  };
}
