/** Makes the way to an edited value of YAML one that can be gone: collections of the right kind, and each key once. */

import { type Document, isAlias, isMap, isScalar, isSeq, type Scalar, visit, type YAMLMap } from "yaml";
import type { Path } from "./steps.ts";

/** @returns whether the document was changed */
export function prepareWay(document: Document, path: Path): boolean {
  let isChanged = false;
  for (const [depth, key] of path.entries()) {
    const way = path.slice(0, depth);
    const node = nodeAt(document, way);
    if (isAlias(node) || node === undefined) break;
    if (isMap(node) && typeof key === "string") isChanged = keepLast(node, key) || isChanged;
    else if (!isSeq(node) || typeof key === "string") {
      replace(document, way, node, typeof key === "string" ? {} : []);
      isChanged = true;
    }
  }
  return isChanged;
}

function nodeAt(document: Document, path: Path): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

/** Of several pairs with this key only the last one counts: it goes to the place of the first, as in the form. */
function keepLast(map: YAMLMap, key: string): boolean {
  const own = map.items.filter((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  const [first, last] = [own[0], own.at(-1)];
  if (last === undefined || first === last) return false;
  map.items = map.items.flatMap((pair) => (pair === first ? [last] : own.includes(pair) ? [] : [pair]));
  return true;
}

/** Keeps the comments and the anchor of what was there. */
function replace(document: Document, path: Path, before: unknown, value: object): void {
  const node = document.createNode(value);
  const { comment, commentBefore, anchor } = (before ?? {}) as Partial<Scalar>;
  if (anchor !== undefined) (node as YAMLMap).anchor = anchor;
  // A comment behind an empty value would be written inside of the collection's brackets.
  node.commentBefore = [commentBefore, comment].filter(Boolean).join("\n") || null;
  if (path.length === 0) document.contents = node as never;
  else document.setIn(path, node);
}

/** Makes a change after which every alias still has its anchor: the first one without gets the value itself. */
export function keepAnchors(document: Document, change: () => void): void {
  const meant = new Map<unknown, unknown>();
  visit(document, {
    Alias: (_key, alias) => {
      meant.set(alias, alias.resolve(document));
    },
  });
  change();
  if (meant.size === 0) return;
  visit(document, {
    Alias: (_key, alias) => {
      const node = meant.get(alias);
      return alias.resolve(document) === undefined && node !== undefined ? (node as YAMLMap) : undefined;
    },
  });
}
