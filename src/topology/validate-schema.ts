/** Value -> what the schema finds wrong with it. */

import type { ErrorObject, ValidateFunction } from "ajv";
import { frame, host, service } from "#validators";
import { pointerOf } from "../base/json-pointer.ts";

export interface Fault {
  /** Place of what is wrong; for a missing or unknown key, the key's. */
  readonly pointer: string;
  readonly error: ErrorObject;
}

/**
 * The frame, each host, each service, by validators made from the schema at build time (scripts/validators-module.ts).
 * Piece by piece, as collecting all errors of one large value takes more than linear time
 * (ajv concatenates its list for every branch).
 */
export function validateSchema(value: unknown): Fault[] {
  return [
    ...run(frame, value, ""),
    ...pieces(value, "hosts", host),
    ...pieces(value, "virtualServices", service),
  ];
}

function pieces(value: unknown, key: keyof typeof pieceType, validate: ValidateFunction): Fault[] {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return [];
  const container = (value as Record<string, unknown>)[key];
  if (typeof container !== "object" || container === null || Array.isArray(container) !== pieceType[key])
    return [];
  return Object.entries(container).flatMap(([name, piece]) => run(validate, piece, pointerOf(key, name)));
}

/** Whether the pieces stand in a list. */
const pieceType = { hosts: false, virtualServices: true } as const;

function run(validate: ValidateFunction, value: unknown, base: string): Fault[] {
  if (validate(value)) return [];
  const faults = (validate.errors ?? []).flatMap((error) => faultOf(error, base) ?? []);
  const places = new Set<string>();
  // A value that fails its format mostly fails its pattern too: say it once.
  return faults.filter(({ pointer }) => !places.has(pointer) && places.add(pointer));
}

function faultOf(error: ErrorObject, base: string): Fault | null {
  const place = base + error.instancePath;
  const params = error.params as { missingProperty?: string; additionalProperty?: string };
  if (error.keyword === "propertyNames") return null;
  const key = params.missingProperty ?? params.additionalProperty ?? error.propertyName;
  return { pointer: key === undefined ? place : place + pointerOf(key), error };
}
