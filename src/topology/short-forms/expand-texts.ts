/** A value with ranges inside -> one value for each item of them. */

import { pointerOf } from "../../base/json-pointer.ts";
import { say } from "../../languages/say.ts";
import { network, parseCidr } from "../addresses.ts";
import type { Finding } from "../diagnostics.ts";
import { expandRange, parseRange } from "./range.ts";
import { badRange, isObject } from "./stage.ts";

/** The value of the nth item, from 0. */
type ByItem = (index: number) => unknown;

export interface Texts {
  readonly byItem: ByItem;
  /** How many items the ranges inside have; null where there is none. */
  readonly count: number | null;
  readonly findings: readonly Finding[];
}

/** @param count of items that every range has to have; null: as many as the first one */
export function expandTexts(value: unknown, pointer: string, count: number | null): Texts {
  if (typeof value === "string") return expandText(value, pointer, count);
  if (Array.isArray(value)) {
    const texts = expandAll(
      value.map((item, index) => [pointerOf(index), item]),
      pointer,
      count,
    );
    return { ...texts, byItem: texts.count === null ? () => value : texts.byItem };
  }
  if (!isObject(value)) return { byItem: () => value, count: null, findings: [] };
  const keys = Object.keys(value);
  const texts = expandAll(
    keys.map((key) => [pointerOf(key), value[key]]),
    pointer,
    count,
  );
  if (texts.count === null) return { ...texts, byItem: () => value };
  const items = texts.byItem as (index: number) => unknown[];
  const byItem = (index: number): unknown => {
    const values = items(index);
    return Object.fromEntries(keys.map((key, at) => [key, values[at]]));
  };
  return { ...texts, byItem };
}

/** Of parts by their pointers inside: lists of their values. */
function expandAll(
  parts: readonly (readonly [string, unknown])[],
  pointer: string,
  given: number | null,
): Texts {
  let count = given;
  const texts = parts.map(([place, part]) => {
    const text = expandTexts(part, pointer + place, count);
    count ??= text.count;
    return text;
  });
  return {
    byItem: (index) => texts.map(({ byItem }) => byItem(index)),
    count: texts.some((text) => text.count !== null) ? count : null,
    findings: texts.flatMap(({ findings }) => findings),
  };
}

function expandText(text: string, pointer: string, count: number | null): Texts {
  const range = parseRange(text);
  if (range === null) return { byItem: () => text, count: null, findings: [] };
  const items = expandRange(range);
  return {
    byItem: (index) => items[index] ?? text,
    count: count ?? items.length,
    findings: [...wrongLength(text, items.length, pointer, count), ...leavesSubnet(items, pointer)],
  };
}

function wrongLength(text: string, length: number, pointer: string, count: number | null): Finding[] {
  if (count === null || length === count) return [];
  return [
    badRange(
      pointer,
      say`the range ${JSON.stringify(text)} has ${length} items, the one before it ${count}`,
      say`make it ${count} long, so that each has its own`,
    ),
  ];
}

/** Of addresses with their prefix. One that is no address at all is the schema's business. */
function leavesSubnet(items: readonly string[], pointer: string): Finding[] {
  const [first = ""] = items;
  const subnet = parseCidr(first);
  if (!first.includes("/") || subnet === null) return [];
  const own = network(subnet.ip, subnet.prefix);
  const outside = items.find((item) => {
    const cidr = parseCidr(item);
    return cidr === null || network(cidr.ip, cidr.prefix) !== own;
  });
  if (outside === undefined) return [];
  return [
    badRange(
      pointer,
      say`the range leaves the subnet of ${first}: ${outside}`,
      say`end it inside the subnet, or divide the hosts into two ranges`,
    ),
  ];
}
