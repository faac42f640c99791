/** Words of the command line that are wrong, and what is answered without a command. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";

const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

test.each([
  [[], "name a command"],
  [["valdate", "x"], 'there is no command "valdate": did you mean "validate"?'],
  [["validate"], "an argument is missing"],
  [["validate", "x", "--fomat", "json"], 'unknown argument "fomat": did you mean "format"?'],
  [["validate", "x", "y"], 'unknown argument "y"'],
  [["validate", "x", "--format", "xml"], 'Choices: "text", "json"'],
  [["render", "x", "--out"], "--out needs a value"],
  [["--nope"], "name a command"],
  [["validate", ""], "an argument is empty"],
  [["validate", "x", "--explain", "LVS112"], "leave the file out"],
  [["validate", "--explain"], "--explain needs a value"],
  [["validate", "--explain", "LVS112", "--explain", "LVS113"], "--explain is given twice"],
  [["validate", "--explain", "LVS13"], 'there is no code "LVS13": did you mean "LVS'],
  [["validate", "--explain", "lits"], 'did you mean "list"?'],
  [["validate", "--explain", "everything"], "'lvsgen validate --explain list' shows all"],
  [["lab", "test/fixtures/lab/script-check.json"], "health checks run /usr/local/bin/check-web"],
  [["lab", "examples/ha-pair/topology.json", "--scenario", "arp"], "arp does not know the engine keepalived"],
  [["validate", "--explain="], "there is no code"],
])("%j: exit status 2", (words, message) => {
  const { status, stdout, stderr } = lvsgen(words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^lvsgen: /);
  expect(stderr).not.toContain("internal error");
});

test.each([[["--version"]], [["validate", "--version"]]])("%j", (words) => {
  expect(lvsgen(words)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([[["--help"]], [["init", "--help"]], [["validate", "--help"]], [["render", "--help"]]])(
  "%j fits 80 columns",
  (words) => {
    const { status, stdout, stderr } = lvsgen(words);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toContain("lvsgen");
  },
);

test("a reader that goes away is no error", () => {
  const script = `"${process.execPath}" "${cli}" validate test/fixtures/topology/faults/many.json --format json | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: repository, encoding: "utf8" });
  expect(stdout).toBe("1\n");
  expect(stderr).not.toContain("EPIPE");
});
