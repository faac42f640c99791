/** A machine's kernel that starts again and again is not waited for. */

import { expect, test } from "vitest";
import { runProgram } from "../../src/lab/reboot/run-program.ts";

test("a program is ended when it says that there is no hope", { timeout: 30_000 }, async () => {
  const { signal } = new AbortController();
  const words = "echo 'Kernel panic - not syncing: No working init'; exec sleep 600";
  const { code, output } = await runProgram("sh", ["-c", words], signal, { until: /Kernel panic .*\n/ });
  expect({ code, output }).toEqual({ code: null, output: expect.stringContaining("No working init") });
});
