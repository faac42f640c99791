/** YAML 1.2, core schema. */

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import { pointerOf, segmentsOf } from "../base/json-pointer.ts";
import { type Content, duplicateKey, maximumDepth, type TextFault, unreadable } from "./content.ts";
import type { Place, Places, Span } from "./positions.ts";
import { composeDocument, DepthError } from "./yaml-document.ts";
import { isMergeKey, mergedMaps, mergeFault } from "./yaml-merge.ts";

/** How often aliases may repeat what they stand for; beyond it lies the billion laughs attack. */
const maximumAliases = 1000;

export function loadYaml(text: string): Content {
  try {
    const document = composeDocument(text, maximumDepth);
    const fault = document.errors[0];
    if (fault !== undefined) return yamlFault(fault);
    const merge = text.includes("<<") ? mergeFault(document, spanOfNode) : null;
    if (merge !== null) return { value: undefined, faults: [merge], places: () => new Map() };
    const value: unknown = document.toJS({ maxAliasCount: maximumAliases });
    if (value === undefined || value === null) return noContent();
    return {
      value,
      faults: duplicates(document.contents),
      places: () => placesOf(document),
    };
  } catch (error) {
    if (error instanceof DepthError) {
      const message = `this is nested more than ${maximumDepth} deep`;
      return unreadable(message, "no topology is", { start: error.offset, end: error.offset });
    }
    // What toJS throws for aliases.
    if (error instanceof ReferenceError) {
      return unreadable("aliases in this YAML repeat too much, or name no anchor", "write the values out", {
        start: 0,
        end: 0,
      });
    }
    throw error;
  }
}

/** Nothing but comments, marks of a document, or null. */
function noContent(): Content {
  return unreadable("there is nothing in this YAML", "'lvsgen init' writes a first topology", {
    start: 0,
    end: 0,
  });
}

function yamlFault({ message, pos: [start, end] }: YAMLError): Content {
  const firstLine = message.split("\n")[0] ?? message;
  return unreadable(`this is not YAML: ${firstLine}`, "mend the indentation, quotes or brackets here", {
    start,
    end,
  });
}

type See = (pointer: string, place: Place) => void;

/** The mappings that a merge key's value takes over, in the order to be seen. */
type Merged = (value: unknown) => readonly YAMLMap[];

/** Calls back for every key and value with its place. Aliases stand where they are written. */
function visit(node: unknown, pointer: string, key: Span | null, see: See, merged: Merged = () => []): void {
  see(pointer, { key, value: spanOfNode(node) ?? key ?? { start: 0, end: 0 } });
  if (isAlias(node)) return;
  if (isSeq(node))
    node.items.forEach((item, index) => {
      visit(item, pointer + pointerOf(index), null, see, merged);
    });
  if (isMap(node)) visitPairs(node, pointer, see, merged);
}

/** The keys that a mapping takes over come first: places of its own keys replace theirs. */
function visitPairs(node: YAMLMap, pointer: string, see: See, merged: Merged): void {
  for (const pair of node.items)
    if (isMergeKey(pair.key)) for (const map of merged(pair.value)) visitPairs(map, pointer, see, merged);
  for (const pair of node.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : "";
    visit(pair.value, pointer + pointerOf(name), spanOfNode(pair.key), see, merged);
  }
}

function spanOfNode(node: unknown): Span | null {
  const range = (node as Node | null)?.range;
  return range ? { start: range[0], end: range[1] } : null;
}

function placesOf(document: Document.Parsed): Places {
  const places = new Map<string, Place>();
  const see = (pointer: string, place: Place) => places.set(pointer, place);
  // The first of several mappings gives a key: it is seen last.
  const merged = (value: unknown) => mergedMaps(value, document).toReversed();
  visit(document.contents, "", null, see, merged);
  return places;
}

/** Of a doubled key the last one counts, as in JSON. */
function duplicates(root: Node | null): TextFault[] {
  const seen = new Set<string>();
  const faults: TextFault[] = [];
  visit(root, "", null, (pointer, { key }) => {
    if (key !== null && seen.has(pointer)) {
      faults.push(duplicateKey(segmentsOf(pointer).at(-1) ?? "", pointer, key));
    }
    seen.add(pointer);
  });
  return faults;
}
