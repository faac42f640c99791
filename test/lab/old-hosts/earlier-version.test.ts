/** Hosts that 0.1.0 left behind, with its scripts as they were rendered (test/fixtures/0.1.0). */

import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../../helpers/lvsgen.ts";
import { temporaryFolder } from "../../helpers/temporary.ts";
import { runOwn } from "../own/run-own.ts";
import { exampleOf } from "./clusters.ts";

test("today's scripts release what 0.1.0 recorded under old dash", { timeout: 600_000 }, async () => {
  const checks = await runOwn({
    scenario: "earlier-version",
    topology: exampleOf("pi-lab"),
    work: temporaryFolder(),
    extra: { earlier: { folder: join(repository, "test/fixtures/0.1.0") } },
    seconds: 500,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.length).toBeGreaterThan(20);
});
