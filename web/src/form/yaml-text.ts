/** Steps on YAML that keep comments, blank lines, quotes and the style of lists. */

import { diffArrays } from "diff";
import { type Document, isAlias, isCollection, isMap, isScalar, type Pair, parse, type Scalar } from "yaml";
import { maximumDepth } from "../../../src/topology/content.ts";
import { composeDocument } from "../../../src/topology/yaml-document.ts";
import type { Path, Step } from "./steps.ts";
import { keepAnchors, prepareWay } from "./yaml-way.ts";

export function applyToYaml(text: string, step: Step): string {
  return inPlace(text, step) ?? rewritten(text, step);
}

function documentOf(text: string): Document.Parsed {
  return composeDocument(text, maximumDepth);
}

/** Replaces a scalar or a key, and nothing else in the text. */
function inPlace(text: string, step: Step): string | null {
  const document = documentOf(text);
  if (prepareWay(document, step.path)) return null;
  if (step.kind === "remove") return withoutLine(text, document, step.path);
  const scalar =
    step.kind === "set"
      ? document.getIn([...step.path], true)
      : step.kind === "rename"
        ? pairAt(document, step.path)?.key
        : null;
  const value = step.kind === "set" ? step.value : step.kind === "rename" ? step.to : null;
  if (!isScalar(scalar) || !isInline(scalar) || value === null || typeof value === "object") return null;
  const [start, end] = scalar.range ?? [0, 0];
  if (end <= start) return null;
  return text.slice(0, start) + scalarText(value) + text.slice(end);
}

/** A key with its scalar and comment that have a line to themselves, in a mapping that keeps others. */
function withoutLine(text: string, document: Document, path: Path): string | null {
  const pair = pairAt(document, path);
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent) || parent.flow || parent.items.length < 2 || !isScalar(pair?.key)) return null;
  if (!isScalar(pair.value) || !isInline(pair.value)) return null;
  const [from = 0] = pair.key.range ?? [];
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const end = text.indexOf("\n", pair.value.range?.[1] ?? from);
  const line = text.slice(start, end);
  const isAlone = text.slice(start, from).trim() === "" && end !== -1 && !line.includes("\n");
  return isAlone ? text.slice(0, start) + text.slice(end + 1) : null;
}

/** Not a block scalar, and not a value with an anchor. */
function isInline({ type, anchor }: Scalar): boolean {
  return anchor === undefined && type !== "BLOCK_FOLDED" && type !== "BLOCK_LITERAL";
}

/** A plain scalar if YAML reads that as the same value, also inside brackets. */
function scalarText(value: unknown): string {
  if (typeof value !== "string") return String(value);
  const isPlain = /^[A-Za-z0-9]([\w./:-]*[\w./-])?$/.test(value) && parse(value) === value;
  return isPlain ? value : JSON.stringify(value);
}

function pairAt(document: Document, path: Path): Pair | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
}

/**
 * Written again by the yaml package, which keeps comments and flow style but has its own spacing. So lines that the step
 * does not change are taken from the old text.
 */
function rewritten(text: string, step: Step): string {
  const document = documentOf(text);
  const before = document.toString({ lineWidth: 0 });
  prepareWay(document, step.path);
  keepAnchors(document, () => change(document, step));
  const after = document.toString({ lineWidth: 0 });
  const merged = withOldLines(text, before, after);
  return merged !== null && isSame(merged, after) ? merged : after;
}

/** Whether both texts have the same value. With anchors, a value may be no tree. */
function isSame(one: string, other: string): boolean {
  try {
    return JSON.stringify(documentOf(one).toJS()) === JSON.stringify(documentOf(other).toJS());
  } catch {
    return false;
  }
}

function change(document: Document, step: Step): void {
  const path = ownPath(document, step.path);
  // Inside of what an alias stood for.
  prepareWay(document, path);
  if (step.kind === "remove") {
    if (document.hasIn(path)) document.deleteIn(path);
  } else if (step.kind === "set") document.setIn(path, document.createNode(step.value));
  else {
    const pair = pairAt(document, path);
    if (pair !== undefined) pair.key = document.createNode(step.to);
  }
  const parent = document.getIn(path.slice(0, -1), true);
  if (step.kind === "set" && isCollection(parent)) flowAsSiblings(parent.items);
}

/** A change through an alias goes to the anchored value. */
function ownPath(document: Document, path: Path): Path {
  for (let depth = 1; depth < path.length; depth++) {
    const node = document.getIn(path.slice(0, depth), true);
    if (!isAlias(node)) continue;
    document.setIn(path.slice(0, depth), document.createNode(node.resolve(document)?.toJSON()));
  }
  return path;
}

/** A new item is in braces if the one before it is. */
function flowAsSiblings(items: readonly unknown[]): void {
  const [last, model] = [items.at(-1), items.at(-2)].map((item) => (isPair(item) ? item.value : item));
  if (isCollection(last) && isCollection(model)) copyFlow(model, last);
}

function isPair(item: unknown): item is Pair {
  return typeof item === "object" && item !== null && "key" in item && "value" in item;
}

function copyFlow(model: unknown, target: unknown): void {
  if (!isCollection(model) || !isCollection(target)) return;
  target.flow = model.flow ?? false;
  if (!isMap(model) || !isMap(target)) return;
  for (const { key, value } of target.items)
    copyFlow(model.get(isScalar(key) ? key.value : key, true), value);
}

/** A line with the yaml package's indentation, and with the text's. */
interface Indent {
  readonly own: number;
  readonly old: number;
}

/** null if the package's lines do not match those of the text one to one. */
function withOldLines(text: string, before: string, after: string): string | null {
  const old = text.split("\n");
  const own = before.split("\n");
  if (own.length !== old.length || !own.every((line, at) => packed(line) === packed(old[at] ?? "")))
    return null;
  const lines: string[] = [];
  const indents: Indent[] = [];
  let at = 0;
  for (const { added, removed, value } of diffArrays(own, after.split("\n"))) {
    for (const line of value) {
      const kept = added ? reindented(line, indents) : (old[at++] ?? "");
      if (removed) continue;
      lines.push(kept);
      if (line.trim() !== "") indents.push({ own: indentOf(line), old: indentOf(kept) });
    }
  }
  return lines.join("\n");
}

/** The indentation of the nearest line above at the same level, or one level up. */
function reindented(line: string, above: readonly Indent[]): string {
  const own = indentOf(line);
  const near = above.findLast((indent) => indent.own <= own);
  return near === undefined ? line : " ".repeat(near.old + own - near.own) + line.slice(own);
}

function indentOf(line: string): number {
  return line.search(/\S|$/);
}

/** Without spaces: they matter only at the beginning of a line. */
function packed(line: string): string {
  return line.replaceAll(/\s+/g, "");
}
