import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** A folder of the running test's own; it goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lvsgen-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder of a whole test file's; it goes when all its tests have ended. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lvsgen-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
