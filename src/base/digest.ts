/** Digests of what is rendered, and of what it is rendered from. */

import { sha256Hex } from "#sha256";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";

export { sha256Hex } from "#sha256";

/** A value as JSON with its keys sorted, maps as objects, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return written(value) ?? "null";
}

/** By hand, as a replacer of JSON.stringify would copy every object first. Undefined for what JSON leaves out. */
function written(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => written(item) ?? "null").join(",")}]`;
  if (value instanceof Map) return writtenObject(Object.fromEntries(value));
  if ("toJSON" in value && typeof value.toJSON === "function") return written(value.toJSON());
  return writtenObject(value as Record<string, unknown>);
}

function writtenObject(object: Readonly<Record<string, unknown>>): string {
  const entries: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const item = written(object[key]);
    if (item !== undefined) entries.push(`${JSON.stringify(key)}:${item}`);
  }
  return `{${entries.join(",")}}`;
}

/** Of what a script is made of, and no more: a new fact about the host's system is no new plan. */
export function planDigest({ cluster, host, addresses }: HostPlan, role: RolePlan): string {
  return sha256Hex(canonicalJson({ cluster, host: host.name, addresses, role }));
}
