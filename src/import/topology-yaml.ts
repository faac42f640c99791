/** An imported topology as YAML, with comments at its placeholders. */

import { Document, isCollection, isMap, isPair, isScalar, type Node } from "yaml";
import { segmentsOf } from "../base/json-pointer.ts";
import { wrap } from "../base/wrap.ts";
import { say } from "../languages/say.ts";
import type { Topology } from "../topology/input.generated.ts";
import { expandShortForms } from "../topology/short-forms/expand.ts";
import type { Source as WrittenAt } from "../topology/short-forms/origins.ts";
import { shorten } from "../topology/short-forms/shorten.ts";
import type { ImportNote } from "./notes.ts";
import type { Place } from "./place.ts";

function header(): string[] {
  return [
    " yaml-language-server: $schema=./lvsgen.schema.json",
    "",
    wrapped(
      say`Imported by lvsgen from a running cluster. Check every line with a comment: it has a placeholder, or differs from the imported text. Then run 'lvsgen validate' and 'lvsgen lab' on it;`,
      118,
    ),
    wrapped(say`'lvsgen schema --write' puts the schema for your editor beside it.`),
  ];
}

export function topologyYaml(topology: Topology, notes: readonly ImportNote[]): string {
  const written = shorten(topology);
  return writtenYaml(written, notes, expandShortForms(written).source);
}

/**
 * @param written with short forms
 * @param source the place in it of a place in the topology
 */
export function writtenYaml(written: object, notes: readonly ImportNote[], source: WrittenAt): string {
  const document = new Document(written);
  document.commentBefore = [...header(), ...withoutPlace(notes)].join("\n");
  for (const [pointer, comments] of byPointer(notes, source))
    comment(document, segmentsOf(pointer), [...comments]);
  for (const path of [["virtualServices"], ["hosts"]]) flowInside(document.getIn(path, true));
  return document.toString({ lineWidth: 110, flowCollectionPadding: true });
}

/** More are not read; the command shows them all. */
const mostWithoutPlace = 50;

/** Notes about what the topology does not have, with their places in the imported texts. */
function withoutPlace(notes: readonly ImportNote[]): string[] {
  const own = notes.filter(({ pointer }) => pointer === "");
  if (own.length === 0) return [];
  const more = own.length - mostWithoutPlace;
  return [
    "",
    ` ${say`Of the imported text this topology does not have, or has another way:`}`,
    ...own
      .slice(0, mostWithoutPlace)
      .map(({ place, message }) => wrapped(`${shortName(place)}:${place.line}: ${say`${message}.`}`)),
    ...(more > 0 ? [` ${say`and ${more} more`}`] : []),
  ];
}

function shortName({ source }: Place): string {
  return source.name === "-" ? say`standard input` : source.name.replace(/^.*[\\/]/, "");
}

/** What holds for every host of a range, or every port of a list, is said once. */
function byPointer(notes: readonly ImportNote[], source: WrittenAt): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { pointer, message, hint } of notes) {
    if (pointer === "") continue;
    const place = source(pointer);
    const texts = found.get(place) ?? new Set();
    found.set(place, texts.add(wrapped(say`${message}.`)).add(wrapped(say`To do: ${hint}.`)));
  }
  return found;
}

const width = 100;

/** A comment's lines: each begins with a space. */
function wrapped(text: string, columns = width): string {
  return wrap(text, columns - 1)
    .map((line) => ` ${line}`)
    .join("\n");
}

/** Adds a comment before the key of the place, or before the nearest existing one. */
function comment(document: Document, path: readonly string[], lines: readonly string[]): void {
  for (let depth = path.length; depth > 0; depth--) {
    const parent =
      depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1).map(index), true);
    const key = path[depth - 1] ?? "";
    const target = isMap(parent)
      ? (parent.items.find((pair) => isPair(pair) && String(pair.key) === key)?.key as Node | undefined)
      : isCollection(parent)
        ? (parent.items[Number(key)] as Node | undefined)
        : undefined;
    if (target === undefined) continue;
    if (typeof target !== "object") continue;
    const text = lines.join("\n");
    target.commentBefore = target.commentBefore ? `${target.commentBefore}\n${text}` : text;
    return;
  }
}

function index(key: string): string | number {
  return /^\d+$/.test(key) ? Number(key) : key;
}

/** Real servers and interfaces in one line each, as people write them. */
function flowInside(node: unknown): void {
  if (!isCollection(node)) return;
  for (const item of node.items) {
    const value = isPair(item) ? item.value : item;
    if (!isMap(value)) continue;
    const interfaces = value.get("interfaces", true);
    if (isMap(interfaces)) interfaces.flow = true;
    const servers = value.get("realServers", true);
    if (isCollection(servers)) {
      if (servers.items.every(isScalar)) servers.flow = true;
      for (const server of servers.items) if (isMap(server)) server.flow = true;
    }
    for (const key of ["ports", "protocol"]) {
      const list = value.get(key, true);
      if (isCollection(list)) list.flow = true;
    }
  }
}
