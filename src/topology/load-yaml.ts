/** YAML 1.2, core schema. */

import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLError } from "yaml";
import { pointerOf, segmentsOf } from "../base/json-pointer.ts";
import { type Content, duplicateKey, maximumDepth, type TextFault, unreadable } from "./content.ts";
import type { Place, Places, Span } from "./positions.ts";
import { composeDocument, DepthError } from "./yaml-document.ts";

/** How often aliases may repeat what they stand for; beyond it lies the billion laughs attack. */
const maximumAliases = 1000;

export function loadYaml(text: string): Content {
  try {
    const document = composeDocument(text, maximumDepth);
    const fault = document.errors[0];
    if (fault !== undefined) return yamlFault(fault);
    const value: unknown = document.toJS({ maxAliasCount: maximumAliases });
    if (value === undefined || value === null) return noContent();
    return {
      value,
      faults: duplicates(document.contents),
      places: () => placesOf(document.contents),
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
      faults.push(duplicateKey(segmentsOf(pointer).at(-1) ?? "", pointer, key));
    }
    seen.add(pointer);
  });
  return faults;
}
