/** Choices of the form that are explained where they are made. */

import { topologySchema } from "../../../src/topology/schema.ts";

export type Choice = "engine" | "forwarding" | "scheduler" | "check";

const definitions = topologySchema.definitions ?? {};

const schemas = {
  engine: definitions.directors?.properties?.engine,
  forwarding: definitions.forwarding,
  scheduler: definitions.virtualService?.properties?.scheduler,
  check: definitions.healthCheck?.properties?.type,
} as const;

/** In the schema's order. */
export function valuesOfChoice(choice: Choice): readonly string[] {
  return (schemas[choice]?.enum ?? []) as readonly string[];
}

/** The schema's text; empty for a value that it does not have. */
export function textOf(choice: Choice, value: string): string {
  return schemas[choice]?.enumDescriptions?.[valuesOfChoice(choice).indexOf(value)] ?? "";
}
