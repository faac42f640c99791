/** Files that threads write are the same ones, and their faults are told. */

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { sha256Hex } from "../../src/base/digest.ts";
import { FileWriters } from "../../src/output/file-writers.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** More than are written before there are threads. */
const many = 2000;

const opened: FileWriters[] = [];
afterEach(() => {
  for (const writers of opened.splice(0)) writers.stop();
});

function textOf(number: number): string {
  return `file ${number} häuser €\n`.repeat(number % 50);
}

/** Waits for the threads to start, so that they take part. */
async function startedIn(root: string): Promise<FileWriters> {
  mkdirSync(root);
  const writers = new FileWriters(root, { threads: 3 });
  opened.push(writers);
  for (let number = 0; number < 400; number++)
    writers.write({ path: `first/${number}`, text: "first\n", mode: 0o644 });
  for (let left = 1000; left > 0 && !writers.isReady(); left--)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(writers.isReady()).toBe(true);
  return writers;
}

test("every file has its text, its mode and its folder, and is told with its digest", async () => {
  const root = join(temporaryFolder(), "next");
  const writers = await startedIn(root);
  for (let number = 0; number < many; number++)
    writers.write({
      path: `${number % 7}/of/${number}`,
      text: textOf(number),
      mode: number % 2 ? 0o755 : 0o600,
    });
  // Larger than what threads take at once.
  writers.write({ path: "large", text: "x".repeat(3_000_000), mode: 0o644 });
  const written = new Map(writers.finish().map((file) => [file.path, file]));
  expect(written.size).toBe(400 + many + 1);
  for (let number = 0; number < many; number++) {
    const path = `${number % 7}/of/${number}`;
    const file = join(root, path);
    expect(readFileSync(file, "utf8")).toBe(textOf(number));
    const stat = statSync(file);
    expect(stat.mode & 0o777).toBe(number % 2 ? 0o755 : 0o600);
    expect(written.get(path)).toEqual({
      path,
      sha256: sha256Hex(textOf(number)),
      isExposed: false,
      stamp: {
        size: stat.size,
        mode: stat.mode & 0o777,
        mtime: stat.mtimeMs,
        ctime: stat.ctimeMs,
        inode: stat.ino,
      },
    });
  }
  expect(statSync(join(root, "large")).size).toBe(3_000_000);
});

test("modes do not depend on the umask in threads either", async () => {
  const before = process.umask(0o077);
  try {
    const root = join(temporaryFolder(), "next");
    const writers = await startedIn(root);
    for (let number = 0; number < many; number++)
      writers.write({ path: `${number}`, text: "x", mode: 0o755 });
    writers.finish();
    const modes = new Set(readdirSync(root).map((name) => statSync(join(root, name)).mode & 0o777));
    expect([...modes].sort()).toEqual([0o700, 0o755]);
    expect(statSync(join(root, "first")).mode & 0o777).toBe(0o700);
  } finally {
    process.umask(before);
  }
});

test("what the file system refuses a thread is an error of the render, as if it had written itself", async () => {
  const root = join(temporaryFolder(), "next");
  const writers = await startedIn(root);
  writeFileSync(join(root, "in-the-way"), "");
  // So few that they are one thread's.
  for (let number = 0; number < 10; number++)
    writers.write({ path: `in-the-way/${number}`, text: "x", mode: 0o644 });
  expect(() => writers.finish()).toThrow(expect.objectContaining({ code: "ENOTDIR", syscall: "open" }));
});

test("after a stop nothing is written any more: the folder can go", async () => {
  const root = join(temporaryFolder(), "next");
  const writers = await startedIn(root);
  for (let number = 0; number < many; number++)
    writers.write({ path: `${number}/${number}`, text: textOf(number), mode: 0o644 });
  writers.stop();
  const left = readdirSync(root).length;
  rmSync(root, { recursive: true });
  expect(left).toBeGreaterThan(0);
});
