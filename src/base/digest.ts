/** Digests, and the canonical text of a value that they are made from. */

export { sha256Hex } from "#sha256";

/** A value as JSON with its keys sorted, maps as objects, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return written(value) ?? "null";
}

/** Undefined for what JSON leaves out. */
function written(value: unknown): string | undefined {
  const copy = sorted(value);
  return copy === unsortable ? writtenByHand(value) : JSON.stringify(copy);
}

/** Marks a value whose key order no object keeps. */
const unsortable = Symbol("unsortable");

/** A copy with sorted keys: JSON.stringify then writes it three times as fast as own code would. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.includes(unsortable) ? unsortable : items;
  }
  const object = objectOf(value);
  if (object === null) return sorted((value as { toJSON(): unknown }).toJSON());
  const copy: Record<string, unknown> = {};
  for (const key of sortedKeys(object)) {
    const item = movesInObject.test(key) ? unsortable : sorted(object[key]);
    if (item === unsortable) return unsortable;
    copy[key] = item;
  }
  return copy;
}

/** Objects put numbers before all other keys, and treat `__proto__` specially. */
const movesInObject = /^(?:\d+|__proto__)$/;

/** Null for a value with its own toJSON. */
function objectOf(value: object): Readonly<Record<string, unknown>> | null {
  if (value instanceof Map) return Object.fromEntries(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return null;
  return value as Record<string, unknown>;
}

/** Most objects have few keys, nearly in order: for them this is faster than the general way. */
function sortedKeys(object: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(object);
  if (keys.length > fewKeys) return keys.sort();
  for (let end = 1; end < keys.length; end++) {
    const key = keys[end] as string;
    let at = end;
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

const fewKeys = 24;

function writtenByHand(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => written(item) ?? "null").join(",")}]`;
  const object = objectOf(value);
  if (object === null) return written((value as { toJSON(): unknown }).toJSON());
  const entries: string[] = [];
  for (const key of sortedKeys(object)) {
    const item = written(object[key]);
    if (item !== undefined) entries.push(`${JSON.stringify(key)}:${item}`);
  }
  return `{${entries.join(",")}}`;
}
