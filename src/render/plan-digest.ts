import { canonicalJson, sha256Hex } from "../base/digest.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";

/** The digest of what the script is made of: other facts about the host's system do not change it. */
export function planDigest({ cluster, host, addresses }: HostPlan, role: RolePlan): string {
  return sha256Hex(canonicalJson({ cluster, host: host.name, addresses, role }));
}
