/** Digests of what is rendered, and of what it is rendered from. */

import { sha256Hex } from "#sha256";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";

export { sha256Hex } from "#sha256";

/** A value as JSON with its keys sorted, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (item instanceof Map) return Object.fromEntries([...item].sort(byKey));
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(byKey));
  });
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Of what a script is made of, and no more: a new fact about the host's system is no new plan. */
export function planDigest({ cluster, host, addresses }: HostPlan, role: RolePlan): string {
  return sha256Hex(canonicalJson({ cluster, host: host.name, addresses, role }));
}
