/** Short forms that one value has by itself: a duration, a server's name, keys for one's own use. */

import { canonicalIp } from "../addresses.ts";
import { childOf, type Schema, shortForms } from "../schema.ts";
import { parseDuration } from "./duration.ts";
import { isObject, type Json } from "./stage.ts";

/** By the schema's definition of the short form; undefined: the value is not of it. */
const longForms: Readonly<Record<string, (value: string) => unknown>> = {
  duration: (text) => parseDuration(text) ?? undefined,
  hostName: (host) => ({ host }),
  serverName: (name) => (canonicalIp(name) === null ? { host: name } : { address: name }),
};

/** The value, or a copy with the long forms; parts without short forms are the same objects. */
export function writeOutValues(value: unknown, schema: Schema): unknown {
  if (typeof value === "string") return longForm(value, schema);
  if (Array.isArray(value)) return writeOutItems(value, schema);
  return isObject(value) ? writeOutKeys(value, schema) : value;
}

function longForm(text: string, schema: Schema): unknown {
  for (const name of shortForms(schema)) {
    const long = longForms[name]?.(text);
    if (long !== undefined) return long;
  }
  return text;
}

function writeOutItems(items: readonly unknown[], schema: Schema): unknown {
  const child = childOf(schema, "0");
  if (child === null) return items;
  const written = items.map((item) => writeOutValues(item, child));
  return written.some((item, index) => item !== items[index]) ? written : items;
}

function writeOutKeys(value: Json, schema: Schema): unknown {
  const entries = Object.entries(value);
  const written = entries.flatMap(([key, item]): [string, unknown][] => {
    if (schema.patternProperties !== undefined && key.startsWith("x-")) return [];
    const child = childOf(schema, key);
    return [[key, child === null ? item : writeOutValues(item, child)]];
  });
  const isSame = written.length === entries.length && written.every(([key, item]) => item === value[key]);
  return isSame ? value : fromEntries(written);
}

/** A key `__proto__` stays a key. */
function fromEntries(entries: readonly [string, unknown][]): Json {
  return Object.fromEntries(entries);
}
