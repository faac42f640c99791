/** Cases of rules beyond the examples of their explanations: a failing topology with its text, and a passing one. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { rules } from "../../src/rules/registry.ts";
import { diagnosticsText } from "../../src/topology/diagnostics-text.ts";

const folder = new URL("../fixtures/rules/", import.meta.url);
const cases = readdirSync(folder).sort();

function check(name: string, file: string) {
  const checked = checkTopology(readFileSync(new URL(`${name}/${file}`, folder), "utf8"), file);
  const text = diagnosticsText(checked.diagnostics, file, checked.text, { color: false, limit: 100 });
  return { ...checked, told: text, codes: new Set(checked.diagnostics.map(({ code }) => code)) };
}

test("every case belongs to a rule", () => {
  const codes = new Set(rules.map(({ code }) => code));
  expect(cases.filter((name) => !codes.has(name.slice(0, 6)))).toEqual([]);
});

describe.each(cases)("%s", (name) => {
  test("fails with exactly this", async () => {
    const { told, codes } = check(name, "fail.yaml");
    expect(codes).toContain(name.slice(0, 6));
    await expect(told).toMatchFileSnapshot(new URL(`${name}/fail.txt`, folder).pathname);
  });

  test("passes", () => {
    const { told, cluster } = check(name, "pass.yaml");
    expect(told).toBe("");
    expect(cluster).not.toBeNull();
  });
});
