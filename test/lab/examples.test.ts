/**
 * Every example, as its user would prove it: the built command, as an ordinary user. The four of the seeds in each
 * shell; the larger ones once, in the shells of their hosts. Crashes are tried on one cluster of each shape
 * (generated.test.ts): they depend on the scripts, not on addresses. So does a load while scripts run: ipvsadm
 * does the work then, whatever the shell, and generated.test.ts has it in all three.
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

/** What depends on a cluster's shape and on the shell. */
const inEachShell = ["balance", "arp", "idempotence", "restore", "foreign-state", "missing"];

/** What depends on a cluster's shape only. */
const once = ["reapply-under-load", "long-connection", "drain", "concurrent"];

const shells = ["dash", "bash", "busybox"];

/** Those of the seeds: small, and of one shape. */
const small = new Set(["pi-lab", "three-nodes", "forum-wrr", "centos7-sysv"]);

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

interface Case {
  readonly example: string;
  /** null: those of the hosts' systems. */
  readonly interpreter: string | null;
  readonly scenarios: readonly string[];
}

function casesOf(example: string): Case[] {
  const everything = [...inEachShell, ...once];
  if (!small.has(example)) return [{ example, interpreter: null, scenarios: everything }];
  return shells.map((interpreter, index) => ({
    example,
    interpreter,
    scenarios: index === 0 ? everything : inEachShell,
  }));
}

const cases = readdirSync(join(repository, "examples")).flatMap((example) => casesOf(example));

test.each(cases)(
  "$example holds in $interpreter",
  { timeout: 600_000 },
  async ({ example, interpreter, scenarios }) => {
    const checks = await labAsOrdinaryUser([
      `examples/${example}/topology.json`,
      ...(interpreter === null ? [] : ["--interpreter", interpreter]),
      "--kernels",
      "1",
      ...scenarios.flatMap((scenario) => ["--scenario", scenario]),
    ]);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
  },
);
