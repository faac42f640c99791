/** `lvsgen schema` as users run it, and the path that `init` writes. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { formats } from "../../src/topology/formats.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const own = readFileSync(join(repository, "schemas/topology.schema.json"), "utf8");
const name = "lvsgen.schema.json";

test("prints the schema, with what each value means", () => {
  expect(lvsgen(["schema"])).toEqual({ status: 0, stdout: own, stderr: "" });
  expect(own).toContain("enumDescriptions");
});

test.each([
  ["in the current folder", [], "."],
  ["beside a topology", ["prod/cluster.yaml"], "prod"],
  ["in a folder", ["prod"], "prod"],
])("--write puts it %s", (_what, words, where) => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "prod"));
  const { status, stdout, stderr } = lvsgen(["schema", "--write", ...words], { cwd });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain(`${join(where, name)} written\n`);
  expect(stderr).toContain(`# yaml-language-server: $schema=./${name}`);
  expect(readFileSync(join(cwd, where, name), "utf8")).toBe(own);
});

test("--write replaces an older copy, and nothing else", () => {
  const cwd = temporaryFolder();
  const old = JSON.stringify({ $id: "urn:lvsgen:topology:1", title: "old" });
  writeFileSync(join(cwd, name), old);
  expect(lvsgen(["schema", "--write"], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, name), "utf8")).toBe(own);
  for (const foreign of ["mine\n", "null", '{ "title": "mine" }']) {
    writeFileSync(join(cwd, name), foreign);
    expect(lvsgen(["schema", "--write"], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("is not lvsgen's schema: move it away"),
    });
    expect(readFileSync(join(cwd, name), "utf8")).toBe(foreign);
  }
});

test.each([
  [["a.yaml"], "a file needs --write"],
  [["--write", "no/such/a.yaml"], "no such folder"],
])("%j is wrong usage", (words, message) => {
  expect(lvsgen(["schema", ...words], { cwd: temporaryFolder() })).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringContaining(message),
  });
});

test.each(["dr", "nat", "tun", "ha"])(
  "init: the path in the preset %s exists, and its schema accepts it",
  (preset) => {
    for (const file of ["topology.yaml", "topology.json"]) {
      const cwd = temporaryFolder();
      const { stderr } = lvsgen(["init", file, "--preset", preset], { cwd });
      expect(readdirSync(cwd).sort()).toEqual([name, file]);
      expect(stderr).toContain(`${name} written`);
      const text = readFileSync(join(cwd, file), "utf8");
      const path = file.endsWith(".json")
        ? JSON.parse(text).$schema
        : /^# yaml-language-server: \$schema=(.*)$/m.exec(text)?.[1];
      const schema = JSON.parse(readFileSync(join(cwd, path), "utf8"));
      const ajv = new Ajv({ strict: false, formats: { ...formats } });
      expect(ajv.validate(schema, parse(text)), ajv.errorsText()).toBe(true);
      expect(lvsgen(["schema", "--write", file], { cwd }).stderr).toBe(`${name} written\n`);
    }
  },
);

test("an imported topology refers to it, and says how to get it", () => {
  const { stdout } = lvsgen(["import", "test/fixtures/import/office.conf", "--to", "yaml"]);
  expect(stdout).toContain(`# yaml-language-server: $schema=./${name}\n`);
  expect(stdout).toContain("'lvsgen schema --write'");
});
