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
import { phrase, say, translated } from "../languages/say.ts";
import { type Content, duplicateKey, maximumDepth, type TextFault, unreadable } from "./content.ts";
import type { Place, Places, Span } from "./positions.ts";
import { composeDocument, DepthError } from "./yaml-document.ts";
import { isMergeKey, mergedMaps, mergeFault } from "./yaml-merge.ts";

/** How often aliases may repeat an anchor: more is the billion laughs attack. */
const maximumAliases = 1000;

export function loadYaml(text: string): Content {
  try {
    const document = composeDocument(text, maximumDepth);
    const fault = document.errors[0];
    if (fault !== undefined) return yamlFault(text, fault);
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
      const message = say`nested more than ${maximumDepth} levels deep`;
      return unreadable(message, say`reduce the nesting`, { start: error.offset, end: error.offset });
    }
    // What toJS throws for aliases.
    if (error instanceof ReferenceError) {
      return unreadable(
        say`invalid YAML: aliases repeat too much, or have no anchor`,
        say`write the values out`,
        {
          start: 0,
          end: 0,
        },
      );
    }
    throw error;
  }
}

/** Nothing but comments, marks of a document, or null. */
function noContent(): Content {
  return unreadable(say`the YAML is empty`, say`'lvsgen init' writes a first topology`, {
    start: 0,
    end: 0,
  });
}

function yamlFault(text: string, { code, message, pos: [start, end] }: YAMLError): Content {
  const words = wordsOf[code] ?? (() => null);
  // English has yaml's own sentence, which says more.
  const sentence = translated(kinds[code]) ?? message.split("\n")[0] ?? message;
  const [said, hint] = words(lineAt(text, start)) ?? [
    sentence,
    say`correct the indentation, quotes or brackets here`,
  ];
  return unreadable(say`invalid YAML: ${said}`, hint, { start, end });
}

/** yaml's kinds of errors, for other languages. */
const kinds: Readonly<Record<YAMLError["code"], string>> = {
  ALIAS_PROPS: phrase`an alias has an anchor or a tag`,
  BAD_ALIAS: phrase`an alias or an anchor is malformed`,
  BAD_COLLECTION_TYPE: phrase`a tag does not fit its collection`,
  BAD_DIRECTIVE: phrase`a directive is malformed`,
  BAD_DQ_ESCAPE: phrase`an escape in double quotes is wrong`,
  BAD_INDENT: phrase`the indentation is wrong`,
  BAD_PROP_ORDER: phrase`an anchor or a tag is at the wrong place`,
  BAD_SCALAR_START: phrase`a value begins with a character that needs quotes`,
  BLOCK_AS_IMPLICIT_KEY: phrase`a mapping or a list is on the line of another key`,
  BLOCK_IN_FLOW: phrase`a block is inside of brackets`,
  DUPLICATE_KEY: phrase`a key is there twice`,
  IMPOSSIBLE: phrase`the text cannot be read`,
  KEY_OVER_1024_CHARS: phrase`a key is longer than 1024 characters`,
  MISSING_CHAR: phrase`a character is missing: a colon, a comma, a bracket or a quote`,
  MULTILINE_IMPLICIT_KEY: phrase`a key goes over several lines`,
  MULTIPLE_ANCHORS: phrase`a value has several anchors`,
  MULTIPLE_DOCS: phrase`a second document`,
  MULTIPLE_TAGS: phrase`a value has several tags`,
  NON_STRING_KEY: phrase`a key is not a text`,
  RESOURCE_EXHAUSTION: phrase`the text is too large`,
  TAB_AS_INDENT: phrase`a tab in the indentation`,
  TAG_RESOLVE_FAILED: phrase`an unknown tag`,
  UNEXPECTED_TOKEN: phrase`an unexpected character`,
};

type Words = readonly [message: string, hint: string];

/** What yaml finds wrong, in words of this project where its own do not help: by its code and the line. */
const wordsOf: Readonly<Partial<Record<YAMLError["code"], (line: string) => Words | null>>> = {
  TAB_AS_INDENT: () => [say`a tab in the indentation`, say`indent with spaces`],
  MULTIPLE_DOCS: () => [say`a second document`, say`keep one topology per file: remove the second one`],
  MULTILINE_IMPLICIT_KEY: withoutSpace,
  MISSING_CHAR: withoutSpace,
  BLOCK_AS_IMPLICIT_KEY: withoutSpace,
};

/** `port:80` is one text to YAML, and no key. */
function withoutSpace(line: string): Words | null {
  const [, key, value] = /^[\s-]*(["']?[\w.-]+["']?):(?=[^\s:])(.*\S)/.exec(line) ?? [];
  return key === undefined ? null : [say`no space after the colon of ${key}`, say`write ${key}: ${value}`];
}

function lineAt(text: string, offset: number): string {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const to = text.indexOf("\n", from);
  return text.slice(from, to === -1 ? undefined : to);
}

type See = (pointer: string, place: Place) => void;

/** The mappings that a merge key's value takes over, in the order to be seen. */
type Merged = (value: unknown) => readonly YAMLMap[];

/** Calls back for every key and value with its place. An alias has its own. */
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

/** Of a duplicate key the last one counts, as in JSON. */
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
