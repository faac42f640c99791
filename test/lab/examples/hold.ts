/**
 * Every example, as its user would prove it: the built command, as an ordinary user. The four of the seeds in each
 * shell; the larger ones once, in the shells of their hosts. A file for each of these, so that two workers share them.
 */

import { execFile } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import type { CheckEvent } from "../../../src/lab/events.ts";
import type { Interpreter } from "../../../src/lab/spec.ts";
import { repository } from "../../helpers/lvsgen.ts";
import { expectReport } from "../../helpers/report.ts";
import { makeFolder } from "../../helpers/temporary.ts";
import { testBackend } from "../run.ts";

const nobody = 65534;

/** What depends on a cluster's shape and on the shell. */
export const inEachShell = ["balance", "arp", "idempotence", "restore", "foreign-state", "missing"];

/**
 * Also what depends on a cluster's shape only: ipvsadm does the work then, whatever the shell. The other shells have
 * these on one cluster of the shape (generated.test.ts), and crash, which depends on the scripts and not on addresses.
 */
export const everything = [...inEachShell, "reapply-under-load", "long-connection", "drain", "concurrent"];

/** Those of the seeds: small, and of one shape. */
export const small = ["pi-lab", "three-nodes", "forum-wrr", "centos7-sysv"];

/** What keepalived runs has scenarios of its own: keepalived.test.ts. */
const withKeepalived = ["ha-pair", "nat-keepalived"];

/** What balances nothing has scenarios of its own: floating.test.ts. */
export const withoutServices = ["vip", "kube-api"];

/** Those whose directors announce: anycast.test.ts. */
export const announcing = ["anycast"];

/** All the others there are. */
export const larger = readdirSync(join(repository, "examples")).filter(
  (example) => ![...small, ...withKeepalived, ...withoutServices, ...announcing].includes(example),
);

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
  return (expectReport("lab", stdout) as { checks: CheckEvent[] }).checks;
}

/** Defines a test for each example. @param interpreter null: the shells of the hosts' systems */
export function examplesHold(
  examples: readonly string[],
  interpreter: Interpreter | null,
  scenarios: readonly string[],
): void {
  test.each(examples)("%s holds", { timeout: 1_500_000 }, async (example) => {
    const checks = await labAsOrdinaryUser([
      `examples/${example}/topology.json`,
      ...(interpreter === null ? [] : ["--interpreter", interpreter]),
      ...(testBackend() === null ? [] : ["--backend", String(testBackend())]),
      "--timeout",
      "1400",
      "--kernels",
      "1",
      ...scenarios.flatMap((scenario) => ["--scenario", scenario]),
    ]);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
  });
}
