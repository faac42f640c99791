/** `--strict`, `--quiet`, `ignore`, and `validate` of several files, as users run them. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { expectReport } from "../helpers/report.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** 4 warnings. */
const warned = "examples/pi-lab/topology.json";
/** None. */
const clean = "examples/ha-pair/topology.json";
const bad = "test/fixtures/topology/faults/many.json";

interface Entry {
  readonly code: string;
  readonly reason: string;
}

/** pi-lab with accepted warnings, in a folder of its own. */
function accepting(...ignore: Entry[]): string {
  const file = join(temporaryFolder(), "topology.json");
  const topology = JSON.parse(readFileSync(join(repository, warned), "utf8"));
  writeFileSync(file, JSON.stringify({ ...topology, ignore }, null, 2));
  return file;
}

function codesOf(file: string): string[] {
  const { diagnostics } = JSON.parse(lvsgen(["validate", file, "--format", "json"]).stdout);
  return [...new Set<string>(diagnostics.map(({ code }: { code: string }) => code))];
}

test("the example has warnings, the other one has none", () => {
  expect(codesOf(warned).length).toBeGreaterThan(1);
  expect(codesOf(clean)).toEqual([]);
});

test("warnings pass; with --strict they fail, and are shown", () => {
  expect(lvsgen(["validate", warned]).status).toBe(0);
  const { status, stderr } = lvsgen(["validate", warned, "--strict"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^LVS\d{3} .*: warning: /m);
  expect(stderr).toMatch(/0 errors, 4 warnings \(.*\); warnings fail \(--strict\)\n$/);
  expect(lvsgen(["validate", clean, "--strict"]).status).toBe(0);
});

test("render --strict writes nothing if there are warnings, and shows them", () => {
  const out = join(temporaryFolder(), "out");
  const { status, stderr } = lvsgen(["render", warned, "--out", out, "--strict"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^LVS\d{3} .*: warning: /m);
  expect(stderr).toContain("warnings fail (--strict)");
  expect(existsSync(out)).toBe(false);
  expect(lvsgen(["render", clean, "--out", out, "--strict", "--no-lint"]).status).toBe(0);
  const json = lvsgen(["render", warned, "--out", out, "--strict", "--format", "json"]);
  expect(json.status).toBe(1);
  expect(expectReport("validate", json.stdout)).toMatchObject({ valid: true });
});

test("accepted warnings are neither shown nor counted, and are named as a number", () => {
  const codes = codesOf(warned);
  const file = accepting(...codes.map((code) => ({ code, reason: "known" })));
  const { status, stderr } = lvsgen(["validate", file, "--strict"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: `${file}: 0 errors, 0 warnings, 4 ignored\n` });
  const { stdout } = lvsgen(["validate", file, "--format", "json"]);
  expect(expectReport("validate", stdout)).toMatchObject({ valid: true, diagnostics: [], ignored: 4 });
  const rendered = lvsgen(["render", file, "--stdout", "--strict"]);
  expect(rendered.status).toBe(0);
  expect(rendered.stderr).not.toContain("warning");
});

test("an accepted warning changes no file", () => {
  const [code = ""] = codesOf(warned);
  const out = join(temporaryFolder(), "out");
  expect(lvsgen(["render", warned, "--out", out, "--no-lint"]).status).toBe(0);
  expect(lvsgen(["render", accepting({ code, reason: "known" }), "--out", out, "--check"]).status).toBe(0);
});

test("--quiet prints only errors", () => {
  const out = join(temporaryFolder(), "out");
  for (const words of [
    ["validate", warned],
    ["validate", warned, clean],
    ["render", warned, "--out", out],
    ["render", warned, "--out", out, "--check"],
    ["lint", "out/pi1"],
  ])
    expect(lvsgen([...words, "--quiet"]), words.join(" ")).toEqual({ status: 0, stdout: "", stderr: "" });
});

test("--quiet still shows what fails, without the warnings beside it", () => {
  const { status, stderr } = lvsgen(["validate", bad, "--quiet"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^LVS\d{3} /m);
  expect(stderr).not.toContain(": warning: ");
  const strict = lvsgen(["validate", warned, "--quiet", "--strict"]);
  expect(strict.status).toBe(1);
  expect(strict.stderr).toMatch(/^LVS\d{3} .*: warning: /m);
  const script = join(temporaryFolder(), "loose.sh");
  writeFileSync(script, "#!/bin/sh\necho $1\n");
  expect(lvsgen(["lint", script, "--quiet"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("SC2086"),
  });
  expect(lvsgen(["validate", "nowhere.json", "--quiet"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("no such file"),
  });
});

test("several files: each has its summary, and one that fails fails all", () => {
  const good = lvsgen(["validate", warned, clean]);
  expect(good.status).toBe(0);
  expect(good.stderr).toMatch(
    /^examples\/pi-lab\/topology\.json: 0 errors, 4 warnings .*\nexamples\/ha-pair\/topology\.json: 0 errors, 0 warnings\n$/m,
  );
  const { status, stdout, stderr } = lvsgen(["validate", bad, clean]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(`${bad}: 15 errors, 2 warnings`);
  expect(stderr).toContain(`${clean}: 0 errors, 0 warnings`);
  expect(stderr).toMatch(/^1 of 2 files failed$/m);
  expect(lvsgen(["validate", clean, warned, "--strict"]).status).toBe(1);
});

test("several files as JSON are one report; one file keeps its own", () => {
  const { status, stdout } = lvsgen(["validate", bad, clean, "--format", "json"]);
  expect(status).toBe(1);
  expect(expectReport("validations", stdout)).toMatchObject({
    valid: false,
    files: [
      { file: bad, valid: false },
      { file: clean, valid: true, diagnostics: [] },
    ],
  });
  expectReport("validate", lvsgen(["validate", clean, "--format", "json"]).stdout);
});

test.each([
  ["a file that cannot be read", ["validate", clean, "nowhere.json"], "cannot read nowhere.json"],
  ["standard input twice", ["validate", "-", "-"], "standard input (-) can be one file only"],
  ["a file and --explain", ["validate", clean, "--explain", "LVS104"], "--explain reads no topology"],
])("%s is wrong usage", (_what, words, message) => {
  expect(lvsgen(words)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(message) });
});
