/** Small libraries in C that the lab's programs load before the C library. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { LabBroken } from "./backend.ts";

/**
 * @param folder where it is written; kept until the last program that has it ends
 * @param name without `.so`
 * @param source C that declares what it uses: a compiler is enough, without headers
 * @returns its path
 * @throws LabBroken with the compiler's words
 */
export function compileLibrary(folder: string, name: string, source: string): string {
  const library = join(folder, `${name}.so`);
  const { status, stderr, error } = spawnSync(
    "cc",
    ["-shared", "-nostdlib", "-fPIC", "-O2", "-o", library, "-x", "c", "-"],
    { input: source, encoding: "utf8", timeout: 60_000 },
  );
  if (status !== 0) throw new LabBroken(`cc cannot make a library that the lab needs: ${error ?? stderr}`);
  return library;
}
