/** Merge keys of YAML (`<<: *name`): a mapping takes over the keys of others that it does not have itself. */

import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { say } from "../languages/say.ts";
import type { TextFault } from "./content.ts";
import type { Span } from "./positions.ts";

/** Values that merge keys may make of a topology; it is not larger without them. */
const maximumMerged = 500_000;

type Root = Document.Parsed;

export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

/** The mappings that a merge key takes over: the first that has a key gives it. */
export function mergedMaps(value: unknown, document: Root): YAMLMap[] {
  const items = isSeq(value) ? value.items : [value];
  return items.flatMap((item) => mapOf(item, document) ?? []);
}

function mapOf(node: unknown, document: Root): YAMLMap | null {
  const meant = isAlias(node) ? node.resolve(document) : node;
  return isMap(meant) ? meant : null;
}

/** What is wrong with the merge keys of a document, before anything follows them. */
export function mergeFault(document: Root, span: (node: unknown) => Span | null): TextFault | null {
  const weights = new Map<unknown, number>();
  let fault: TextFault | null = null;
  const refuse = (node: unknown, message: string, hint: string): number => {
    fault ??= { code: "LVS001", pointer: "", message, hint, span: span(node) ?? { start: 0, end: 0 } };
    return 0;
  };
  const weigh = (node: unknown): number => {
    const known = weights.get(node);
    if (known !== undefined) return known;
    // Where a mapping comes to itself.
    weights.set(node, Number.POSITIVE_INFINITY);
    const weight = isMap(node) ? sum(node.items, weighPair) : isSeq(node) ? sum(node.items, weigh) : 1;
    weights.set(node, weight);
    return weight;
  };
  const weighPair = ({ key, value }: Pair): number => {
    if (!isMergeKey(key)) return 1 + weigh(value);
    const wanted = isSeq(value) ? value.items.length : 1;
    const maps = mergedMaps(value, document);
    if (maps.length < wanted)
      return refuse(
        key,
        say`a merge key takes over mappings, and this is not one`,
        say`write "<<: *name" with "&name" at a mapping before it`,
      );
    return sum(maps, weigh);
  };
  if (weigh(document.contents) > maximumMerged)
    refuse(
      document.contents,
      say`merge keys in this YAML repeat too much, or a mapping merges itself`,
      say`write the values out`,
    );
  return fault;
}

function sum<T>(items: readonly T[], weigh: (item: T) => number): number {
  return items.reduce((total, item) => total + weigh(item), 1);
}
