/** What each step of writing short forms out gives. */

import type { Finding } from "../diagnostics.ts";
import type { Source } from "./origins.ts";

export interface Stage {
  readonly value: unknown;
  readonly source: Source;
  /** At places of the value before this step. */
  readonly findings: readonly Finding[];
}

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The topology with another value for one key; the same topology where it is the same value. */
export function withKey(topology: unknown, key: string, value: unknown): unknown {
  if (!isObject(topology) || topology[key] === value) return topology;
  return { ...topology, [key]: value };
}

export function badRange(pointer: string, message: string, hint: string, atKey = false): Finding {
  return { code: "LVS014", severity: "error", pointer, message, hint, atKey };
}
