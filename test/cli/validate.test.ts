/** `lvsgen validate` as users run it. */

import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const example = "examples/pi-lab/topology.json";
const bad = "test/fixtures/topology/faults/many.json";

test.each(readdirSync(join(repository, "examples")))("the example %s is valid", (name) => {
  const { status, stdout, stderr } = lvsgen(["validate", `examples/${name}/topology.json`]);
  expect(stderr).toMatch(
    /: 0 errors, (0 warnings|[0-9]+ warnings? \(lvsgen validate --explain LVS\d{3} explains it\))\n$/,
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});

test("mistakes are told on standard error, with exit status 1", () => {
  const { status, stdout, stderr } = lvsgen(["validate", bad]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  const golden = readFileSync(join(repository, `${bad}.txt`), "utf8").replaceAll(" many.json:", ` ${bad}:`);
  expect(stderr).toBe(
    `${golden}${bad}: 15 errors, 2 warnings (lvsgen validate --explain LVS013 explains it)\n`,
  );
});

test("as JSON they are data on standard output", () => {
  const { status, stdout } = lvsgen(["validate", bad, "--format", "json"]);
  const report = JSON.parse(stdout);
  expect(status).toBe(1);
  expect(report).toMatchObject({ file: bad, valid: false });
  expect(report.diagnostics[0]).toEqual({
    code: "LVS013",
    severity: "error",
    pointer: "/name",
    message: '"Pi_lab" is not a valid cluster name',
    hint: expect.any(String),
    line: 3,
    column: 11,
  });
  const good = lvsgen(["validate", example, "--format", "json"]);
  expect(good.status).toBe(0);
  expect(JSON.parse(good.stdout)).toMatchObject({ valid: true });
});

test("- reads standard input, JSON or YAML", () => {
  const text = readFileSync(join(repository, example), "utf8");
  expect(lvsgen(["validate", "-"], { input: text }).status).toBe(0);
  expect(lvsgen(["validate", "-"], { input: "version: 1\n" })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("LVS011 standard input:1:1"),
  });
});

test.each([
  ["a file that is not there", "nowhere.json", "no such file"],
  ["a folder", "examples", "it is a folder, not a file"],
])("%s is wrong usage", (_what, file, remedy) => {
  expect(lvsgen(["validate", file])).toEqual({
    status: 2,
    stdout: "",
    stderr: `lvsgen: cannot read ${file}: ${remedy}\n`,
  });
});

test("a loop of links and a text that is not UTF-8 are wrong usage", () => {
  const folder = temporaryFolder();
  symlinkSync("loop.json", join(folder, "loop.json"));
  writeFileSync(join(folder, "latin.json"), Buffer.from([0x7b, 0xe9, 0x7d]));
  expect(lvsgen(["validate", join(folder, "loop.json")])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("its symbolic links are circular"),
  });
  expect(lvsgen(["validate", join(folder, "latin.json")])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("it is not UTF-8 text"),
  });
});

test("no colours without a terminal", () => {
  expect(lvsgen(["validate", bad], { environment: { FORCE_COLOR: undefined } }).stderr).not.toContain(
    "\u001B",
  );
});
