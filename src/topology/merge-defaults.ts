/** A host's settings over the defaults of all hosts. */

import type { Host as HostInput, Topology } from "./input.generated.ts";

type Json = Record<string, unknown>;

/** Objects are merged key by key; lists and plain values are replaced. */
export function mergeDefaults(topology: Topology, host: HostInput): HostInput {
  return topology.defaults === undefined ? host : (merge(topology.defaults, host) as unknown as HostInput);
}

function merge(base: object, over: object): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
