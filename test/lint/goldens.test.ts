/** What was agreed on for the examples (test/render/golden.test.ts) has no finding. */

import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { beforeRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const fixtures = join(repository, "test/fixtures/render");

test("every example's files", { timeout: 300_000 }, () => {
  const folder = temporaryFolder();
  const all = readdirSync(fixtures).filter((name) => name !== "shared");
  expect(all.length).toBeGreaterThan(8);
  const names = beforeRelease(all, ["everything", "ha-pair"]);
  for (const name of names) {
    for (const part of ["shared", name])
      cpSync(join(fixtures, part, "expected"), join(folder, name), { recursive: true });
  }
  const { status, stderr } = lvsgen(["lint", "out", ...names.map((name) => join(folder, name))]);
  expect({ status, findings: stderr.split("\n").filter((line) => /: (error|warning)/.test(line)) }).toEqual({
    status: 0,
    findings: [],
  });
});
