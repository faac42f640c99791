/** The supervisor of a lab's runner: what its pipes say when the other end is gone. */

import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type SuperviseOptions, superviseRunner } from "../../src/lab/backends/supervise.ts";
import type { LabEvent } from "../../src/lab/events.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

const options = (onEvent: (event: LabEvent) => void = () => {}): SuperviseOptions => ({
  guest: "",
  onEvent,
  timeout: 60,
  signal: new AbortController().signal,
  interactive: false,
  keep: false,
  place: 0,
});

async function uncaught(work: () => Promise<void>): Promise<unknown[]> {
  const caught: unknown[] = [];
  const listeners = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => caught.push(error));
  await work();
  // Errors of pipes come a turn later.
  await wait(100);
  process.removeAllListeners("uncaughtException");
  for (const listener of listeners) process.on("uncaughtException", listener);
  return caught;
}

test("a pipe that nobody reads any more is no error of its own", async () => {
  // As when the watch is killed in the moment before it has a session of its own: it ends with a word unread.
  const bin = temporaryFolder();
  symlinkSync("/bin/sh", join(bin, "sh"));
  writeFileSync(join(bin, "setsid"), "#!/bin/sh\nexec /bin/sleep 0.3\n", { mode: 0o755 });
  process.env.PATH = bin;
  const caught = await uncaught(() =>
    expect(superviseRunner("/bin/true", [], options(), temporaryFolder())).rejects.toThrow(
      "ended without a result",
    ),
  );
  expect(caught).toEqual([]);
});

test("whoever is told of an event may fail: the run ends with that", async () => {
  const event = JSON.stringify({ type: "started", kernel: "6", hosts: 1, milliseconds: 1 });
  const caught = await uncaught(() =>
    expect(
      superviseRunner(
        "/bin/sh",
        ["-c", `echo '${event}' >&3; exec sleep 60`],
        options(() => {
          throw new Error("no room for it");
        }),
        temporaryFolder(),
      ),
    ).rejects.toThrow("no room for it"),
  );
  expect(caught).toEqual([]);
});

test("a shell that somebody has open is not ended when the time for checks is over", async () => {
  const script = `echo '{"type":"shell"}' >&3; sleep 0.5; echo '{"type":"finished","milliseconds":1}' >&3`;
  const run = (text: string) =>
    superviseRunner("/bin/sh", ["-c", text], { ...options(), timeout: 0.3 }, temporaryFolder());
  // Its word of the shell comes at once: without it the same run ends too late.
  await expect(run(script.replace("shell", "progress").replace("0.5", "60"))).rejects.toThrow(
    "the lab took longer than 0.3 s: --timeout gives it more",
  );
  const events: string[] = [];
  const bounded = { ...options(({ type }) => events.push(type)), timeout: 3 };
  await superviseRunner("/bin/sh", ["-c", script.replace("0.5", "4")], bounded, temporaryFolder());
  expect(events).toEqual(["shell", "finished"]);
});

test("a runner that ends by a fault of its own is quoted without a stack", async () => {
  const fault = 'function inner() { throw new Error("oh no"); } inner();';
  const run = superviseRunner(process.execPath, ["-e", fault], options(), temporaryFolder());
  const error = await run.catch((thrown: unknown) => thrown);
  expect(String(error)).toContain("Error: oh no");
  expect(String(error)).not.toMatch(/^ +at /m);
});
