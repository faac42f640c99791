/** Ctrl-C, a polite kill and a terminal that goes away: the end is clean, and nothing that was made is left. */

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { cli, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const topology = join(repository, "examples/pi-lab/topology.json");
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A program that does nothing for ever, and says that it has begun. */
const hangs = '#!/bin/sh\ncase $1 in -O | --version) exit 0 ;; esac\necho >"${0%/*}/begun"\nexec sleep 300\n';

interface Running {
  readonly child: ChildProcess;
  /** Where it makes what it needs for a while. */
  readonly temporary: string;
  /** Where the program is that hangs, by every name that is asked for. */
  readonly bin: string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly said: () => string;
}

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Short, as a socket's path must be. */
function shortFolder(): string {
  const folder = mkdtempSync("/tmp/lvs-");
  made.push(folder);
  return folder;
}

function start(...words: readonly string[]): Running {
  const temporary = shortFolder();
  const bin = join(temporaryFolder(), "bin");
  mkdirSync(bin);
  for (const name of ["ssh", "shellcheck"]) {
    writeFileSync(join(bin, name), hangs);
    chmodSync(join(bin, name), 0o755);
  }
  const child = spawn(process.execPath, [cli, ...words], {
    env: {
      ...process.env,
      TMPDIR: temporary,
      PATH: `${bin}:${process.env.PATH}`,
      LVSGEN_SHELLCHECK: "",
      XDG_CACHE_HOME: bin,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once("exit", (code, signal) => resolve({ code, signal })),
  );
  return { child, temporary, bin, ended, said: () => said };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(20);
}

const isLabUp =
  ({ temporary }: Running) =>
  () =>
    readdirSync(temporary).some((name) => /^lvsgen-lab-(?!scripts)/.test(name));

describe.each(signals)("%s", (name) => {
  test("lab: one line, and no folder is left", async () => {
    const running = start("lab", topology, "--scenario", "idempotence", "--kernels", "1");
    await until(isLabUp(running));
    running.child.kill(name);
    expect(await running.ended).toEqual({ code: 2, signal: null });
    expect(running.said()).toMatch(/^lvsgen: interrupted$/m);
    await until(() => readdirSync(running.temporary).length === 0);
  });

  test("status: its connections' folder goes", async () => {
    const running = start("status", topology);
    await until(() => existsSync(join(running.bin, "begun")));
    running.child.kill(name);
    expect(await running.ended).toEqual({ code: 1, signal: null });
    expect(running.said()).toMatch(/^interrupted: some hosts have not answered$/m);
    expect(readdirSync(running.temporary)).toEqual([]);
  });

  test("render: the output is as it was, and nothing lies beside it", async () => {
    const folder = temporaryFolder();
    const running = start("render", topology, "--out", join(folder, "out"));
    await until(() => existsSync(join(running.bin, "begun")));
    running.child.kill(name);
    const { code } = await running.ended;
    expect(code).toBeGreaterThan(128);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("web: ends", async () => {
    const running = start("web", "--port", "0");
    await until(() => running.said().includes("Ctrl-C"));
    running.child.kill(name);
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });
});

describe("a second Ctrl-C: at once, and all is removed", () => {
  test("lab", async () => {
    const running = start("lab", topology, "--scenario", "idempotence", "--kernels", "2");
    await until(isLabUp(running));
    running.child.kill("SIGINT");
    running.child.kill("SIGINT");
    await running.ended;
    await until(() => readdirSync(running.temporary).length === 0);
    expect(running.said()).not.toContain("internal error");
  });

  test.each(["SIGINT", "SIGHUP"] as const)("deploy: %s", async (second) => {
    const running = start("deploy", topology);
    await until(() => existsSync(join(running.bin, "begun")));
    running.child.kill("SIGINT");
    await until(() => running.said().includes("starting no more hosts"));
    running.child.kill(second);
    expect((await running.ended).code).toBeGreaterThan(128);
    expect(readdirSync(running.temporary)).toEqual([]);
  });
});
