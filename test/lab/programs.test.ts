/** What the lab asks of this machine's programs. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { missingPrograms } from "../../src/lab/backends/programs.ts";
import { labSpec } from "../../src/lab/build-spec.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { SEED_CLUSTERS } from "./clusters.ts";

const spec = labSpec(SEED_CLUSTERS["000"], "/", { interpreter: "busybox", injections: [], shell: null });

/** @param answers what `busybox ash -c "cat"` ends with where PATH has no cat */
function withBusybox(answers: number): string | null {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "busybox"), `#!/bin/sh\nexit ${answers}\n`, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  try {
    return missingPrograms(spec);
  } finally {
    vi.unstubAllEnvs();
  }
}

test("a busybox that passes over the lab's faults is refused, with the package to install", () => {
  expect(withBusybox(127)).toBe(null);
  expect(withBusybox(0)).toMatch(/busybox takes its own instead: apt install busybox/);
});
