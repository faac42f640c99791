/** The order in which hosts leave. Pure. */

import type { HostPlan } from "../../plan/host-plan.ts";
import type { VrrpInstance } from "../../plan/resources.ts";
import type { Look } from "./look.ts";

/**
 * Directors before real servers, so that none sends to a server that has lost the VIP. Of directors, those first that have
 * the fewest moving addresses now: the one with the VIPs last, as they would move to it anyway. Then by priority.
 */
export function leavingOrder(looks: readonly Look[]): Look[] {
  const key = (look: Look): readonly number[] => [
    look.found?.isDirector === true ? 0 : 1,
    carried(look),
    priority(look),
  ];
  return looks.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  });
}

/** How many moving addresses the host has now. */
function carried({ host, found }: Look): number {
  const addresses = instancesOf(host.plan).flatMap((instance) => instance.addresses);
  return addresses.filter((address) => found?.addresses.has(address.split("/")[0] ?? "")).length;
}

function priority({ host }: Look): number {
  return Math.max(0, ...instancesOf(host.plan).map((instance) => instance.priority));
}

function instancesOf(plan: HostPlan | null): readonly VrrpInstance[] {
  return (plan?.roles ?? []).flatMap(({ resources }) =>
    resources.flatMap((resource) => (resource.kind === "keepalived" ? resource.instances : [])),
  );
}
