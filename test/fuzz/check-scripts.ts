/** Whole scripts: parsed in three shells, and linted as strictly as `lvsgen lint` does. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findShellcheck } from "../../src/lint/find-shellcheck.ts";
import { lintFiles } from "../../src/lint/lint-files.ts";
import { shells } from "./sandbox.ts";
import type { Sample } from "./scripts.ts";

/**
 * @param linted how many of them are linted, which takes a second each
 * @returns what is wrong with them
 */
export async function checkScripts(
  samples: readonly Pick<Sample, "name" | "text">[],
  linted = samples.length,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "lvsgen-fuzz-"));
  try {
    const names = new Map<string, string>();
    samples.forEach(({ name, text }, index) => {
      const file = join(folder, `${index}-${name.replace(/.*\//, "")}`);
      writeFileSync(file, text);
      names.set(file, name);
    });
    const files = [...names.keys()];
    const parsed = Object.entries(shells).flatMap(([shell, words]) =>
      unparsed(words, files).map((file) => `${shell} cannot parse ${names.get(file) ?? file}`),
    );
    const shellcheck = findShellcheck({ environment: process.env, allowNpx: false });
    if (shellcheck === null) throw new Error("shellcheck is not installed");
    const findings = await lintFiles(files.slice(0, linted), shellcheck);
    return [
      ...parsed,
      ...findings.map(({ file, line, code, message }) => `${names.get(file)}:${line} ${code} ${message}`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One process walks over all of them, each read by itself: it is the shells' own start that costs. */
function unparsed(shell: readonly string[], files: readonly string[]): string[] {
  const walk = `for file; do ${shell.join(" ")} -n "$file" >&2 || echo "$file"; done`;
  const { stdout } = spawnSync("/bin/sh", ["-c", walk, "sh", ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return stdout.split("\n").filter(Boolean);
}
