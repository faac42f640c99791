/** The generated scripts pass every scenario, in each shell they are written for. */

import { expect, test } from "vitest";
import { SEED_CLUSTERS } from "./clusters.ts";
import { generatedScripts } from "./generated.ts";
import { labChecks } from "./run.ts";

test.each(["dash", "bash", "busybox"] as const)(
  "everything passes under %s",
  { timeout: 400_000 },
  async (interpreter) => {
    const cluster = SEED_CLUSTERS["000"];
    const checks = await labChecks(cluster, generatedScripts(cluster), null, { interpreter, kernels: 2 });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(checks.length).toBeGreaterThan(80);
  },
);
