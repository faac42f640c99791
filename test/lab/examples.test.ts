/**
 * Every example, as its user would prove it: the built command, as an ordinary user, in each shell. Crashes are tried
 * on one cluster of this shape (generated.test.ts): they depend on the scripts, not on addresses.
 */

import { execFile } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import type { CheckEvent } from "../../src/lab/events.ts";
import { repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";

const nobody = 65534;
const scenarios = [
  "balance",
  "arp",
  "idempotence",
  "reapply-under-load",
  "long-connection",
  "restore",
  "foreign-state",
  "drain",
  "concurrent",
  "missing",
];

const folder = makeFolder();

/** A checkout may lie where an ordinary user cannot look: the test's user gets copies. */
beforeAll(() => {
  chmodSync(folder, 0o755);
  for (const name of ["dist", "examples"])
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, "tmp"));
  if (process.getuid?.() === 0) chownSync(join(folder, "tmp"), nobody, nobody);
});

async function labAsOrdinaryUser(args: readonly string[]): Promise<CheckEvent[]> {
  const command = [process.execPath, "dist/cli.js", "lab", ...args, "--format", "json"];
  const asNobody = ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", ...command];
  const [program = "", ...rest] = process.getuid?.() === 0 ? asNobody : command;
  const { stdout } = await promisify(execFile)(program, rest, {
    cwd: folder,
    env: { PATH: process.env.PATH, TMPDIR: join(folder, "tmp"), HOME: join(folder, "tmp") },
    maxBuffer: 1 << 26,
  }).catch((error: { stdout?: string; stderr?: string }) => {
    if (error.stdout) return { stdout: error.stdout };
    throw new Error(error.stderr ?? String(error));
  });
  return (JSON.parse(stdout) as { checks: CheckEvent[] }).checks;
}

const cases = readdirSync(join(repository, "examples")).flatMap((example) =>
  ["dash", "bash", "busybox"].map((interpreter) => ({ example, interpreter })),
);

test.each(cases)("$example holds in $interpreter", { timeout: 600_000 }, async ({ example, interpreter }) => {
  const checks = await labAsOrdinaryUser([
    `examples/${example}/topology.json`,
    "--interpreter",
    interpreter,
    "--kernels",
    "1",
    ...scenarios.flatMap((scenario) => ["--scenario", scenario]),
  ]);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
});
