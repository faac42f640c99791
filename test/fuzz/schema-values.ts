/** The schema as a generator: values that it allows at a place, drawn towards those that a cluster can have together. */

import fc from "fast-check";
import { formats } from "../../src/topology/formats.ts";
import { resolve, type Schema } from "../../src/topology/schema.ts";

/** Keywords that only limit what is generated. */
interface Limits {
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
}

const cache = new WeakMap<Schema, fc.Arbitrary<unknown>>();

/** Values of a schema's node. Its own examples come often: they go together with each other. */
export function valuesOf(given: Schema): fc.Arbitrary<unknown> {
  const node = resolve(given);
  const known = cache.get(node);
  if (known !== undefined) return known;
  const made = lazily(node);
  cache.set(node, made);
  return made;
}

function lazily(node: Schema): fc.Arbitrary<unknown> {
  const own = ownValues(node);
  const examples = [...(node.examples ?? []), ...(node.default === undefined ? [] : [node.default])];
  if (examples.length === 0) return own;
  return fc.oneof({ arbitrary: fc.constantFrom(...examples), weight: 3 }, { arbitrary: own, weight: 2 });
}

function ownValues(node: Schema): fc.Arbitrary<unknown> {
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  const types = [node.type ?? implied(node)].flat();
  return fc.oneof(...types.map((type) => ofType(type, node)));
}

function implied({ properties, items, propertyNames, ...node }: Schema): string {
  if (properties !== undefined || propertyNames !== undefined) return "object";
  if (items !== undefined) return "array";
  return "minimum" in node ? "number" : "string";
}

function ofType(type: string, node: Schema): fc.Arbitrary<unknown> {
  const { minimum, maximum, minItems = 0, maxItems } = node as Limits;
  switch (type) {
    case "object":
      return objects(node);
    case "array":
      return fc.array(valuesOf(node.items ?? {}), {
        minLength: minItems,
        maxLength: Math.min(maxItems ?? 4, minItems + 4),
      });
    case "integer":
      return fc.integer({ min: minimum ?? -(2 ** 31), max: maximum ?? 2 ** 32 });
    case "number":
      return fc.double({ min: minimum ?? -1e9, max: maximum ?? 1e9, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return strings(node);
  }
}

function objects(node: Schema): fc.Arbitrary<unknown> {
  const { properties, additionalProperties, propertyNames } = node;
  if (properties === undefined) {
    return fc.dictionary(
      valuesOf(propertyNames ?? { type: "string" }) as fc.Arbitrary<string>,
      typeof additionalProperties === "object" ? valuesOf(additionalProperties) : fc.constant(0),
      { minKeys: (node as Limits).minProperties ?? 0, maxKeys: 4 },
    );
  }
  const arbitraries = Object.fromEntries(
    Object.entries(properties).map(([name, child]) => [name, valuesOf(child)]),
  );
  return fc.record(arbitraries, { requiredKeys: [...(node.required ?? [])] });
}

/** Addresses of few networks, so that hosts meet. */
const address = fc.oneof(
  fc
    .tuple(fc.constantFrom("10.0.0.", "192.168.1.", "10.1.0."), fc.integer({ min: 0, max: 255 }))
    .map((parts) => parts.join("")),
  fc
    .tuple(fc.constantFrom("fd00::", "fd00:1::"), fc.integer({ min: 0, max: 65535 }))
    .map(([network, last]) => network + last.toString(16)),
);

const byFormat: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ip: address,
  cidr: address.map((ip) => `${ip}/${ip.includes(":") ? 64 : 24}`),
  netmask: fc.constantFrom("255.255.255.0", "255.255.0.0", "255.255.255.255"),
};

function strings(node: Schema): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = 40 } = node as Limits;
  const known = byFormat[format ?? ""];
  if (pattern === undefined) return known ?? fc.string({ minLength, maxLength });
  const matching = fc
    .stringMatching(new RegExp(pattern), { size: "small" })
    .filter((text) => format === undefined || (formats[format]?.(text) ?? true));
  // A pattern of addresses matches few texts that are one.
  return known === undefined || format === undefined ? matching : known;
}
