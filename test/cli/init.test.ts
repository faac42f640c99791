/** `lvsgen init` as users run it. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

test.each([
  ["topology.yaml", []],
  ["first.yml", ["first.yml"]],
  ["first.json", ["first.json", "--preset", "dr"]],
  ["nat.yaml", ["nat.yaml", "--preset", "nat"]],
  ["tun.yaml", ["tun.yaml", "--preset", "tun"]],
  ["ha.json", ["ha.json", "--preset", "ha"]],
  ["vip.yaml", ["vip.yaml", "--preset", "vip"]],
  ["api.yaml", ["api.yaml", "--preset", "kube-api"]],
])("%s is written and valid", (file, args) => {
  const cwd = temporaryFolder();
  const { status, stdout, stderr } = lvsgen(["init", ...args], { cwd });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain(`${file} written`);
  expect(lvsgen(["validate", file], { cwd })).toMatchObject({
    status: 0,
    stderr: `${file}: 0 errors, 0 warnings\n`,
  });
  expect(/^# /m.test(readFileSync(join(cwd, file), "utf8"))).toBe(!file.endsWith(".json"));
});

test("a clone of lvsgen's own repository has no topology yet", () => {
  const cwd = temporaryFolder();
  const tracked = execFileSync("git", ["ls-files"], { cwd: repository, encoding: "utf8" }).trim().split("\n");
  expect(tracked).toContain("package.json");
  for (const name of tracked.filter((path) => !path.includes("/"))) writeFileSync(join(cwd, name), "");
  expect(lvsgen(["init"], { cwd })).toMatchObject({ status: 0 });
});

test("nothing is overwritten", () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "topology.yaml"), "mine\n");
  expect(lvsgen(["init"], { cwd })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("exists: use another name, or move it away"),
  });
  expect(readFileSync(join(cwd, "topology.yaml"), "utf8")).toBe("mine\n");
});

test.each([
  [["a.txt"], "unknown file type of a.txt: use a name that ends in .yaml or .json"],
  [["no/such/a.yaml"], "no such folder"],
  [["b.yaml", "--preset", "xyz"], "choose one of: dr, nat, tun, ha, vip, kube-api"],
])("%j is wrong usage", (args, message) => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "no"));
  expect(lvsgen(["init", ...args], { cwd })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(message),
  });
});
