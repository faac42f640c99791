/** Digests, and the one text of a value that they are taken of. */

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
