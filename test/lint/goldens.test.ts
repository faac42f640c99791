/** What was agreed on for the examples (test/render/golden.test.ts) has no finding. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";

const fixtures = "test/fixtures/render";

test("every example's files", { timeout: 300_000 }, () => {
  const folders = readdirSync(join(repository, fixtures)).map((name) => `${fixtures}/${name}/expected`);
  expect(folders.length).toBeGreaterThan(8);
  const { status, stderr } = lvsgen(["lint", "out", ...folders]);
  expect({ status, findings: stderr.split("\n").filter((line) => /: (error|warning)/.test(line)) }).toEqual({
    status: 0,
    findings: [],
  });
});
