import { canonicalJson, sha256Hex } from "../base/digest.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";

/** Of what a script is made of, and no more: a new fact about the host's system is no new plan. */
export function planDigest({ cluster, host, addresses }: HostPlan, role: RolePlan): string {
  return sha256Hex(canonicalJson({ cluster, host: host.name, addresses, role }));
}
