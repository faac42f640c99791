/** YAML 1.2, core schema. */

import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type YAMLError,
} from "yaml";
import { type Content, duplicateKey, maximumDepth, type TextFault, unreadable } from "./content.ts";
import { pointerOf } from "./json-pointer.ts";
import type { Place, Places, Span } from "./positions.ts";

/** How often aliases may repeat what they stand for; beyond it lies the billion laughs attack. */
const maximumAliases = 1000;

const nestedTooDeep = `this is nested more than ${maximumDepth} deep`;

export function loadYaml(text: string): Content {
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, stringKeys: true });
    const fault = document.errors[0];
    if (fault !== undefined) return yamlFault(fault);
    if (isTooDeep(document.contents))
      return unreadable(nestedTooDeep, "no topology is", { start: 0, end: 0 });
    const value: unknown = document.toJS({ maxAliasCount: maximumAliases });
    return {
      value: value ?? undefined,
      faults: duplicates(document.contents),
      places: () => placesOf(document.contents),
    };
  } catch (error) {
    if (error instanceof RangeError) return unreadable(nestedTooDeep, "no topology is", { start: 0, end: 0 });
    if (error instanceof ReferenceError) {
      return unreadable("aliases in this YAML repeat too much, or name no anchor", "write the values out", {
        start: 0,
        end: 0,
      });
    }
    throw error;
  }
}

function yamlFault({ message, pos: [start, end] }: YAMLError): Content {
  const firstLine = message.split("\n")[0] ?? message;
  return unreadable(`this is not YAML: ${firstLine}`, "mend the indentation, quotes or brackets here", {
    start,
    end,
  });
}

function isTooDeep(root: Node | null): boolean {
  const waiting: [unknown, number][] = [[root, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth] = next;
    if (isPair(node)) waiting.push([node.value, depth]);
    else if (isCollection(node)) {
      if (depth >= maximumDepth) return true;
      for (const item of node.items) waiting.push([item, depth + 1]);
    }
  }
  return false;
}

/** Calls back for every key and value with its place. Aliases stand where they are written. */
function visit(
  node: unknown,
  pointer: string,
  key: Span | null,
  see: (pointer: string, place: Place) => void,
): void {
  see(pointer, { key, value: spanOfNode(node) ?? key ?? { start: 0, end: 0 } });
  if (isAlias(node)) return;
  if (isSeq(node))
    node.items.forEach((item, index) => {
      visit(item, pointer + pointerOf(index), null, see);
    });
  if (!isMap(node)) return;
  for (const pair of node.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : "";
    visit(pair.value, pointer + pointerOf(name), spanOfNode(pair.key), see);
  }
}

function spanOfNode(node: unknown): Span | null {
  const range = (node as Node | null)?.range;
  return range ? { start: range[0], end: range[1] } : null;
}

function placesOf(root: Node | null): Places {
  const places = new Map<string, Place>();
  visit(root, "", null, (pointer, place) => places.set(pointer, place));
  return places;
}

/** Of a doubled key the last one counts, as in JSON. */
function duplicates(root: Node | null): TextFault[] {
  const seen = new Set<string>();
  const faults: TextFault[] = [];
  visit(root, "", null, (pointer, { key }) => {
    if (key !== null && seen.has(pointer)) {
      faults.push(duplicateKey(pointer.slice(pointer.lastIndexOf("/") + 1), pointer, key));
    }
    seen.add(pointer);
  });
  return faults;
}
