/** Value -> what the schema finds wrong with it. */

import type { ErrorObject, ValidateFunction } from "ajv";
import { address, frame, host, service } from "#validators";
import { pointerOf, valueAt } from "../base/json-pointer.ts";
import { resolve, type Schema, schemaAt } from "./schema.ts";

export interface Fault {
  /** Place of what is wrong; for a missing or unknown key, the key's. */
  readonly pointer: string;
  /** What in the schema refuses it, with its parameters. */
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The schema with the keyword. */
  readonly schema: Schema;
  /** The value that the schema refuses. */
  readonly value: unknown;
  /** Whether it is a key that has a wrong name. */
  readonly wrongName: boolean;
}

/**
 * The frame, each host, each service, each floating address, by validators made from the schema at build time (scripts/validators-module.ts).
 * Piece by piece, as collecting all errors of one large value takes more than linear time
 * (ajv concatenates its list for every branch).
 */
export function validateSchema(value: unknown): Fault[] {
  return [
    ...run(frame, value, ""),
    ...pieces(value, "hosts", host),
    ...pieces(value, "virtualServices", service),
    ...pieces(value, "floatingAddresses", address),
  ];
}

function pieces(value: unknown, key: keyof typeof pieceType, validate: ValidateFunction): Fault[] {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return [];
  const container = (value as Record<string, unknown>)[key];
  if (typeof container !== "object" || container === null || Array.isArray(container) !== pieceType[key])
    return [];
  return Object.entries(container).flatMap(([name, piece]) => run(validate, piece, pointerOf(key, name)));
}

/** Whether the pieces are a list. */
const pieceType = { hosts: false, virtualServices: true, floatingAddresses: true } as const;

function run(validate: ValidateFunction, value: unknown, base: string): Fault[] {
  if (validate(value)) return [];
  const faults = (validate.errors ?? []).flatMap((error) => faultOf(error, value, base) ?? []);
  const places = new Set<string>();
  // A value that fails its format mostly fails its pattern too: say it once.
  return faults.filter(({ pointer }) => !places.has(pointer) && places.add(pointer));
}

/** ajv gives the place; the value and its schema are looked up: validators that return them are half as large again. */
function faultOf(
  { keyword, instancePath, propertyName, params }: ErrorObject,
  piece: unknown,
  base: string,
): Fault | null {
  if (keyword === "propertyNames") return null;
  const place = base + instancePath;
  const { missingProperty, additionalProperty } = params as Record<string, string | undefined>;
  const key = missingProperty ?? additionalProperty ?? propertyName;
  const schema = schemaAt(place) ?? {};
  const wrongName = propertyName !== undefined;
  const value = wrongName ? propertyName : valueAt(piece, instancePath);
  // Not from the text: a polluted Object.prototype gives it to every object.
  if (value === undefined) return null;
  return {
    pointer: key === undefined ? place : place + pointerOf(key),
    keyword,
    params: params as Record<string, unknown>,
    schema: wrongName ? resolve(schema.propertyNames ?? {}) : schema,
    value,
    wrongName,
  };
}
