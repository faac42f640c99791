/** A lab that is kept, and the end of one whose owner is gone. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";

const topology = join(repository, "examples/pi-lab/topology.json");
const folder = makeFolder();
let child: ChildProcess | null = null;

afterEach(() => {
  child?.kill("SIGKILL");
});

/** Starts a lab without a terminal, its standard input closed; resolves when its standard error has the words. */
async function startLab(args: readonly string[], words: RegExp): Promise<string> {
  const started = spawn(process.execPath, [cli, "lab", topology, "--scenario", "balance", ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: folder },
  });
  child = started;
  started.stdin.end();
  let said = "";
  return new Promise((resolve, reject) => {
    const read = (text: string): void => {
      said += text;
      if (words.test(said)) resolve(said);
    };
    started.stderr.setEncoding("utf8").on("data", read);
    started.stdout.setEncoding("utf8").on("data", read);
    started.once("close", () => reject(new Error(`ended too early: ${said}`)));
  });
}

/** Processes whose command line has the test's folder: kernels, and those that watch over them. */
function processes(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== child?.pid)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return "";
      }
    })
    .filter((line) => line.includes(folder));
}

const nothingLeft = { timeout: 20_000, interval: 100 };

test("--keep: a way in from another terminal, until Ctrl-C", { timeout: 600_000 }, async () => {
  const said = await startLab(["--keep"], /Hosts: .*\n/);
  const on = /^ {2}(\S+\/on) pi1 ip addr$/m.exec(said)?.[1] ?? "";
  const ask = (...args: string[]) => spawnSync(on, args, { encoding: "utf8" });
  expect(ask("pi1", "ipvsadm", "-Ln").stdout).toContain("192.168.1.200:80 rr");
  expect(ask("pi2", "ip -o addr show dev lo; exit 3")).toMatchObject({
    status: 3,
    stdout: expect.stringContaining("192.168.1.200/32"),
  });
  expect(ask("pi9", "true")).toMatchObject({ status: 2, stderr: expect.stringContaining("pi1, pi2, pi3") });
  const ended = new Promise((resolve) => child?.once("close", resolve));
  child?.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(processes()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a kernel does not outlive who started it", { timeout: 600_000 }, async () => {
  await startLab(["--keep"], /ok {3}.*balance/);
  expect(processes()).not.toEqual([]);
  child?.kill("SIGKILL");
  await expect.poll(processes, nothingLeft).toEqual([]);
  await expect
    .poll(() => readdirSync(folder).filter((name) => !name.startsWith("lvsgen-lab-scripts-")), nothingLeft)
    .toEqual([]);
});

test("--shell without a terminal is refused at once", () => {
  expect(lvsgen(["lab", topology, "--shell", "pi1"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("needs a terminal"),
  });
  expect(lvsgen(["lab", topology, "--shell", "pi1", "--keep"]).status).toBe(2);
});
