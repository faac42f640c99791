/** JSON pointers (RFC 6901). */

export type Segment = string | number;

/** Segments -> pointer; no segments: the whole document, `""`. */
export function pointerOf(...segments: readonly Segment[]): string {
  return segments.map((segment) => `/${escaped(String(segment))}`).join("");
}

/** Names seldom need it, and large topologies have many. */
function escaped(segment: string): string {
  return /[~/]/.test(segment) ? segment.replaceAll("~", "~0").replaceAll("/", "~1") : segment;
}

export function segmentsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Pointer of the object or list around the place; of the whole document, itself. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(pointer.lastIndexOf("/"), 0));
}

/** The place itself and everything around it, up to the whole document. */
export function enclosing(pointer: string): string[] {
  return pointer === "" ? [""] : [pointer, ...enclosing(parentOf(pointer))];
}

/** The value at the place, or undefined. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}
