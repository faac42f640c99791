/** What may become of a topology: of its value, and of the text that it is written as. */

import fc from "fast-check";
import { childSchema, resolve, type Schema, topologySchema } from "../../src/topology/schema.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { valuesOf } from "./schema-values.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Deterministic choices, made in advance by fast-check: so a case can be shrunk and run again. */
export interface Choice {
  readonly kind: (typeof kinds)[number];
  /** Which place, as a part of all there are: 0 up to 1. */
  readonly at: number;
  readonly other: number;
  readonly hostile: string;
  /** Seed of a value of the place's own schema. */
  readonly seed: number;
}

const kinds = [
  "of-schema",
  "of-schema",
  "of-schema",
  "add",
  "add",
  "tweak",
  "tweak",
  "drop",
  "double",
  "swap",
  "hostile",
  "hostile-key",
  "odd",
] as const;

const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

export const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: part,
  other: part,
  hostile: fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: "binary", maxLength: 8 })),
  seed: fc.integer(),
});

interface Place {
  readonly holder: Json[] | { [key: string]: Json };
  readonly key: string | number;
  readonly schema: Schema | null;
}

/** Changes a value in place. */
export function mutate(root: { [key: string]: Json }, how: Choice): void {
  const places = placesOf(root);
  const place = places[Math.floor(how.at * places.length)];
  const other = places[Math.floor(how.other * places.length)];
  if (place === undefined || other === undefined) return;
  mutators[how.kind](place, other, how, root);
}

type Mutator = (place: Place, other: Place, how: Choice, root: { [key: string]: Json }) => void;

const mutators: Readonly<Record<Choice["kind"], Mutator>> = {
  "of-schema": (place, _, { seed }) => {
    if (place.schema !== null) put(place, sample(place.schema, seed));
  },
  // An optional field of the object that holds the place.
  add: ({ holder, schema, key }, _, { seed }) => {
    const target = objectAt(holder, key) ?? (Array.isArray(holder) ? null : holder);
    const node = objectAt(holder, key) === null ? null : schema;
    if (target === null || node === null) return;
    const missing = Object.entries(node.properties ?? {}).filter(([name]) => !Object.hasOwn(target, name));
    const chosen = missing[Math.abs(seed) % Math.max(1, missing.length)];
    if (chosen !== undefined) define(target, chosen[0], sample(chosen[1], seed));
  },
  // The same change everywhere, so that what refers to it still does.
  tweak: (place, _, { seed }, root) => {
    const value = get(place);
    if (typeof value !== "string" && typeof value !== "number") return;
    if (place.schema === null) return;
    const next = sample(place.schema, seed);
    for (const each of placesOf(root)) if (get(each) === value) put(each, next);
    if (typeof value === "string" && typeof next === "string") rename(root, value, next);
  },
  drop: ({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  double: ({ holder, key }) => {
    const value = Array.isArray(holder) ? holder[Number(key)] : holder[key];
    if (Array.isArray(holder) && value !== undefined) holder.push(structuredClone(value));
    else if (!Array.isArray(holder) && value !== undefined) define(holder, `${key}2`, structuredClone(value));
  },
  swap: (place, other) => {
    const [one, two] = [structuredClone(get(place)), structuredClone(get(other))];
    put(place, two);
    put(other, one);
  },
  hostile: (place, _, { hostile }) => put(place, hostile),
  "hostile-key": ({ holder, key }, _, { hostile }) => {
    if (Array.isArray(holder)) return;
    const value = holder[key];
    delete holder[key];
    define(holder, hostile, value ?? null);
  },
  odd: (place, _, { seed }) => put(place, odd[Math.abs(seed) % odd.length] ?? null),
};

// biome-ignore format: a table
const odd: readonly Json[] = [
  null, true, false, 0, -0, -1, 1, 0.5, 65535, 65536, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, "", "80", [], {}, [[]], [null], [{}], { a: 1 }, [1, "1"], {},
];

function placesOf(root: { [key: string]: Json }): Place[] {
  const places: Place[] = [];
  const walk = (holder: Place["holder"], node: Schema | null) => {
    for (const key of Object.keys(holder)) {
      const schema = node === null ? null : childSchema(node, key);
      places.push({ holder, key, schema });
      const child = (holder as { [key: string]: Json })[key];
      if (typeof child === "object" && child !== null) walk(child, schema);
    }
  };
  walk(root, resolve(topologySchema));
  return places;
}

/** A host's name is a key and, elsewhere, a value. */
function rename(value: Json, from: string, to: string): void {
  if (typeof value !== "object" || value === null) return;
  for (const child of Object.values(value)) rename(child, from, to);
  if (Array.isArray(value) || !Object.hasOwn(value, from)) return;
  const moved = value[from];
  delete value[from];
  define(value, to, moved ?? null);
}

function sample(schema: Schema, seed: number): Json {
  return structuredClone(fc.sample(valuesOf(schema), { numRuns: 1, seed })[0]) as Json;
}

function objectAt(holder: Place["holder"], key: string | number): { [key: string]: Json } | null {
  const value = (holder as { [key: string]: Json })[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}

function get({ holder, key }: Place): Json {
  return (holder as { [key: string]: Json })[key] ?? null;
}

function put({ holder, key }: Place, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else define(holder, String(key), value);
}

/** Also `__proto__` as a key like any other. */
function define(target: { [key: string]: Json }, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A change of the text, at a part of its length. */
export interface TextChange {
  readonly kind: "insert" | "cut" | "end" | "repeat" | "carriage-returns" | "mark";
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

export const textChange: fc.Arbitrary<TextChange> = fc.record({
  kind: fc.constantFrom("insert", "insert", "insert", "cut", "end", "repeat", "carriage-returns", "mark"),
  at: part,
  length: fc.integer({ min: 1, max: 200 }),
  text: fc.oneof(
    fc.constantFrom(
      ..."{}[]:,\"'&*!|>%@`#-?\n\t\r\u0000\uFEFF\uD800\u2028",
      "<<: *a",
      "&a ",
      "*a ",
      "? ",
      "---\n",
      "...\n",
      "%YAML 1.1\n",
      "!!js/function ",
      "!!binary ",
      "[".repeat(200),
      "a: ".repeat(100),
      '"__proto__": {},',
      "/*",
      "\\u0000",
      "\\ud800",
    ),
    fc.string({ unit: "binary", maxLength: 6 }),
  ),
});

export function changeText(text: string, { kind, at, length, text: more }: TextChange): string {
  const place = Math.floor(at * text.length);
  switch (kind) {
    case "insert":
      return text.slice(0, place) + more + text.slice(place);
    case "cut":
      return text.slice(0, place) + text.slice(place + length);
    case "end":
      return text.slice(0, place);
    case "repeat":
      return text.slice(0, place + length) + text.slice(place);
    case "carriage-returns":
      return text.replaceAll("\n", "\r\n");
    case "mark":
      return `\uFEFF${text}`;
  }
}
