/** Reading texts: languages, places, and texts that are wrong or hostile. */

import { describe, expect, test } from "vitest";
import { loadTopology } from "../../src/topology/load.ts";
import { LineTable } from "../../src/topology/positions.ts";

function faults(text: string, name: string): string[] {
  const lines = new LineTable(text);
  return loadTopology(text, name).faults.map(({ code, message, span }) => {
    const { line, column } = lines.at(span.start);
    return `${code} ${line}:${column} ${message}`;
  });
}

test.each([
  ["a.json", '{"a": [1]}'],
  ["a.yaml", "a: [1]"],
  ["a.yml", "a:\n- 1\n"],
  ["a.YAML", '{"a": [1]}'],
  ["-", ' \n{"a": [1]}'],
  ["-", "a: [1]"],
  ["-", "\uFEFFa: [1]"],
  ["a.json", '\uFEFF{"a": [1]}'],
  ["a.json", '{\r\n"a":\t[1]\r\n}\r\n'],
])("%s: %j", (name, text) => {
  expect(loadTopology(text, name)).toMatchObject({ value: { a: [1] }, faults: [] });
});

test.each([
  ["", "LVS001 1:1 the text is empty"],
  [" \n", "LVS001 1:1 the text is empty"],
  ['{"a": 1,}', "LVS001 1:8 comma before the closing }"],
  ['{"a": [1,\n2,\n]}', "LVS001 2:2 comma before the closing ]"],
  ['{"a": 1 "b": 2}', "LVS001 1:9 missing comma or }"],
  ['{"a": 1', "LVS001 1:8 the text ends before a closing }"],
  ['{"a": ', "LVS001 1:7 the text ends before a value"],
  ["{a: 1}", "LVS001 1:2 missing key in double quotes"],
  ['{"a" 1}', "LVS001 1:6 missing colon"],
  ["{\"a\": 'b'}", "LVS001 1:7 string in single quotes"],
  ['{"a": 1} // why', "LVS001 1:10 text after the end"],
  ['{"a": /* why */ 1}', "LVS001 1:7 JSON has no comments"],
  ['{"a": 012}', "LVS001 1:8 missing comma or }"],
  ['{"a": "b\nc"}', "LVS001 1:7 the string has no end, or has a bare control character or a wrong escape"],
  ['{"a": "\\x"}', "LVS001 1:7 the string has no end, or has a bare control character or a wrong escape"],
  ['{"a": "b}', "LVS001 1:7 the string has no end, or has a bare control character or a wrong escape"],
  ['{"a": NaN}', "LVS001 1:7 not a JSON value"],
  ['{"a": 1, "a": 2}', 'LVS002 1:10 duplicate key "a"'],
  ['{"a/b~c": 1, "a/b~c": 2}', 'LVS002 1:14 duplicate key "a/b~c"'],
  ['{"a": {"b\\u0041": 1, "bA": 2}}', 'LVS002 1:22 duplicate key "bA"'],
  ['{"a": "\\": \\"", "c": "x:"}', null],
  ['{"\u0000": 1}', "LVS001 1:3 the text has a NUL character"],
])("JSON %j", (text, fault) => {
  expect(faults(text, "a.json")).toEqual(fault === null ? [] : [fault]);
});

test.each([
  ["a: 1\na: 2\n", 'LVS002 2:1 duplicate key "a"'],
  ["a/b~c: 1\na/b~c: 2\n", 'LVS002 2:1 duplicate key "a/b~c"'],
  ["a: [1, 2", /LVS001 .* invalid YAML/],
  ["a: *b\n", /LVS001 .* alias/i],
  ["a: b: c\n", /LVS001 1:\d+ invalid YAML/],
  ["? [a, b]\n: 1\n", /LVS001 .* invalid YAML/],
  ["a: 1\n---\nb: 2\n", /LVS001 .* invalid YAML/],
])("YAML %j", (text, fault) => {
  expect(faults(text, "a.yaml").join("\n")).toMatch(fault);
});

describe("hostile texts", () => {
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from(
    { length: 30 },
    (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(10)}]`,
  ).join("\n")}\n`;

  test.each([
    ["brackets in JSON", "a.json", () => "[".repeat(100_000)],
    ["closed brackets in JSON", "a.json", () => "[".repeat(100_000) + "]".repeat(100_000)],
    ["nested objects in JSON", "a.json", () => '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000)],
    ["brackets in YAML", "a.yaml", () => "[".repeat(100_000)],
    ["closed brackets in YAML", "a.yaml", () => "[".repeat(100_000) + "]".repeat(100_000)],
    ["braces in YAML", "a.yaml", () => "{a: ".repeat(100_000)],
    ["keys of keys in YAML", "a.yaml", () => "? ".repeat(100_000)],
    [
      "indentation in YAML",
      "a.yaml",
      () => Array.from({ length: 2000 }, (_, n) => `${" ".repeat(n)}a:`).join("\n"),
    ],
    ["dashes in YAML", "a.yaml", () => `${"- ".repeat(100_000)}1`],
    ["a billion laughs", "a.yaml", () => bomb],
    ["an open string of 7 MiB", "a.json", () => `{"a": "${"\\".repeat(7 * 1024 * 1024)}`],
    ["a text that is too large", "a.json", () => `{"a": "${"b".repeat(9 * 1024 * 1024)}"}`],
  ])("%s", (_what, name, make) => {
    const text = make();
    const loaded = loadTopology(text, name);
    // The closed ones are good JSON; the schema refuses them, and their places can be asked for all the same.
    if (loaded.faults.length === 0) expect(loaded.places().size).toBeLessThan(100);
    else expect(loaded.faults[0]?.code).toBe("LVS001");
  });

  test("__proto__ is a key like any other", () => {
    for (const [name, text] of [
      ["a.json", '{"__proto__": {"polluted": 1}}'],
      ["a.yaml", "__proto__: {polluted: 1}"],
    ] as const) {
      expect(Object.keys(loadTopology(text, name).value as object)).toEqual(["__proto__"]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
  });
});

test("places of keys and values are the same in both languages", () => {
  const text = '{"a": {"b~/c": [1, {"d": "x"}]}}';
  const [json, yaml] = ["a.json", "a.yaml"].map((name) => loadTopology(text, name).places());
  expect(json?.get("/a/b~0~1c/1/d")).toEqual({ key: { start: 20, end: 23 }, value: { start: 25, end: 28 } });
  expect(Object.fromEntries(yaml ?? [])).toEqual(Object.fromEntries(json ?? []));
});
