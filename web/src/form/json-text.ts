/** Steps on JSON that keep the spaces and order of everything else. */

import { pointerOf } from "../../../src/base/json-pointer.ts";
import { maximumDepth } from "../../../src/topology/content.ts";
import { scanJson } from "../../../src/topology/json-scan.ts";
import type { Place, Span } from "../../../src/topology/positions.ts";
import { withLastOfDoubles } from "./json-doubles.ts";
import type { Path, Step } from "./steps.ts";

/** A text that cannot be read stays as it is. */
export function applyToJson(before: string, step: Step): string {
  const text =
    scanJson(before, maximumDepth).duplicates.length === 0 ? before : withLastOfDoubles(before, step.path);
  const { places, error } = scanJson(text, maximumDepth);
  if (error !== null) return before;
  const json: Json = {
    text,
    value: JSON.parse(text) as unknown,
    at: (path) => places.get(pointerOf(...path)),
  };
  return changes[step.kind](json, step as never);
}

interface Json {
  readonly text: string;
  readonly value: unknown;
  readonly at: (path: Path) => Place | undefined;
}

const changes: { readonly [K in Step["kind"]]: (json: Json, step: Extract<Step, { kind: K }>) => string } = {
  set: (json, { path, value }) => {
    const place = json.at(path);
    return place === undefined
      ? insert(json, path, value)
      : splice(json.text, place.value, indented(value, lineIndent(json.text, place.value.start)));
  },
  remove: (json, { path }) => (json.at(path) === undefined ? json.text : remove(json, path)),
  rename: (json, { path, to }) => {
    const key = json.at(path)?.key;
    return key ? splice(json.text, key, JSON.stringify(to)) : json.text;
  },
};

/** Adds it at the end of its parent, which it creates if it is missing, and replaces if it cannot have such a key. */
function insert(json: Json, path: Path, value: unknown): string {
  const [parent, key] = [path.slice(0, -1), path.at(-1)];
  if (key === undefined) return json.text;
  const container = json.at(parent);
  const { text } = json;
  const own = typeof key === "number" ? [value] : { [key]: value };
  if (container === undefined) return insert(json, parent, own);
  if (text[container.value.start] !== (typeof key === "number" ? "[" : "{"))
    return changes.set(json, { kind: "set", path: parent, value: own });
  const head = typeof key === "number" ? "" : `${JSON.stringify(key)}: `;
  const siblings = childrenOf(json, parent);
  const last = siblings.at(-1);
  if (last === undefined) {
    const [open, close] = typeof key === "number" ? ["[", "]"] : ["{ ", " }"];
    return splice(text, container.value, `${open}${head}${spaced(value)}${close}`);
  }
  const before = siblings.at(-2);
  // With the same space before it as the last item has.
  const gap = text.slice(before === undefined ? container.value.start + 1 : before.end, last.start);
  const space = gap.replace(",", "") || " ";
  const isFlat = !text.slice(last.start, last.end).includes("\n");
  const written = isFlat ? spaced(value) : indented(value, lineIndent(text, last.start));
  return splice(text, { start: last.end, end: last.end }, `,${space}${head}${written}`);
}

/** Removes it together with the comma beside it. */
function remove(json: Json, path: Path): string {
  const { text } = json;
  const container = json.at(path.slice(0, -1));
  const siblings = childrenOf(json, path.slice(0, -1));
  const own = whole(json.at(path));
  const at = siblings.findIndex(({ start }) => start === own.start);
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  if (before !== undefined) return splice(text, { start: before.end, end: own.end }, "");
  if (after !== undefined) return splice(text, { start: own.start, end: after.start }, "");
  if (container === undefined) return text;
  return splice(text, { start: container.value.start + 1, end: container.value.end - 1 }, "");
}

/** Spans of the items of a list, or of an object's pairs. */
function childrenOf(json: Json, path: Path): Span[] {
  let value = json.value;
  for (const key of path) value = (value as Record<string | number, unknown>)[key];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value as object);
  // In the order of the text: keys that look like numbers come first in an object.
  return [...keys].map((key) => whole(json.at([...path, key]))).toSorted((a, b) => a.start - b.start);
}

/** From the key, if there is one. */
function whole(place: Place | undefined): Span {
  if (place === undefined) throw new Error("a value has no place in its own text");
  return { start: place.key?.start ?? place.value.start, end: place.value.end };
}

function lineIndent(text: string, offset: number): string {
  return /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, offset))?.[1] ?? "";
}

function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`);
}

/** `{ "host": "pi2", "weight": 1 }`, as people write it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`);
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

function splice(text: string, { start, end }: Span, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
