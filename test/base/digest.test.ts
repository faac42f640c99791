/** One text of a value, whatever the order of its keys. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/base/digest.ts";

test.each<[unknown, string]>([
  [{ b: 1, a: [{ d: null, c: "x" }] }, '{"a":[{"c":"x","d":null}],"b":1}'],
  // Objects have their own order of numbers.
  [{ 10: 1, 9: 2, a: { b: 1, 1: 2 } }, '{"10":1,"9":2,"a":{"1":2,"b":1}}'],
  [JSON.parse('{"b":{"__proto__":1,"a":2}}'), '{"b":{"__proto__":1,"a":2}}'],
  [{ a: undefined, b: [undefined, () => 1] }, '{"b":[null,null]}'],
  [new Map<string, unknown>([["b", 1], ["a", { 2: 1 }]]), '{"a":{"2":1},"b":1}'],
  [{ at: { toJSON: () => ({ b: 1, a: 2 }) } }, '{"at":{"a":2,"b":1}}'],
  [undefined, "null"],
])("%j", (value, text) => {
  expect(canonicalJson(value)).toBe(text);
}); // biome-ignore format: a table

test("any value: the same one, and the same text after its keys were turned round", () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, turned(item)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(turned(value))).toBe(text);
    }),
  );
});
