/** Steps on JSON, each in its place: spaces and order elsewhere stay. */

import {
  applyEdits,
  type FormattingOptions,
  findNodeAtLocation,
  modify,
  type Node,
  parseTree,
} from "jsonc-parser";
import type { Path, Step } from "./form-edit.ts";

const formattingOptions: FormattingOptions = { insertSpaces: true, tabSize: 2, eol: "\n" };

export function applyToJson(text: string, step: Step): string {
  return changes[step.kind](text, step as never);
}

const changes: { readonly [K in Step["kind"]]: (text: string, step: Extract<Step, { kind: K }>) => string } =
  {
    set: (text, { path, value }) => oneLine(text, path, value) ?? changed(text, path, value),
    remove: (text, { path }) => changed(text, path, undefined),
    rename: (text, { path, to }) => {
      const key = nodeAt(text, path)?.parent?.children?.[0];
      return key === undefined ? text : splice(text, key.offset, key.offset + key.length, JSON.stringify(to));
    },
  };

function changed(text: string, path: Path, value: unknown): string {
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/** A new item beside ones that stand in one line each is written as they are. */
function oneLine(text: string, path: Path, value: unknown): string | null {
  if (nodeAt(text, path) !== undefined || typeof value !== "object") return null;
  const items = nodeAt(text, path.slice(0, -1))?.children ?? [];
  const last = items.at(-1);
  if (last === undefined) return null;
  const end = last.offset + last.length;
  if (text.slice(last.offset, end).includes("\n")) return null;
  const start = items.at(-2);
  const between =
    start === undefined
      ? leading(text, last.offset)
      : text.slice(start.offset + start.length + 1, last.offset);
  const key = typeof path.at(-1) === "number" ? "" : `${JSON.stringify(path.at(-1))}: `;
  return splice(text, end, end, `,${between || " "}${key}${spaced(value)}`);
}

/** Line break and indentation before an item that stands alone in its list. */
function leading(text: string, offset: number): string {
  return /\n[ \t]*$/.exec(text.slice(0, offset))?.[0] ?? " ";
}

/** `{ "host": "pi2", "weight": 1 }`, as people write it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`);
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

function nodeAt(text: string, path: Path): Node | undefined {
  const root = parseTree(text);
  return root === undefined ? undefined : findNodeAtLocation(root, [...path]);
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
