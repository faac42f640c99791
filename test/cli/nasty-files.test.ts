/** Files that are no topology, and never end: an error with a remedy, in the end and in bounded memory, whatever they are. */

import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** Prints the process's largest memory in KiB as the last line of standard error. */
const measure =
  'data:text/javascript,process.on("exit",()=>console.error(`\\nKiB ${process.resourceUsage().maxRSS}`))';

/** KiB; an ordinary topology takes 60 000. */
const memoryBound = 1_300_000;

/** Milliseconds after which a process counts as one that does not end. */
const endless = 100_000;

const MiB = 1024 * 1024;
const text = (content: string | Buffer) => (path: string) => writeFileSync(path, content);
const command = (program: string, ...args: string[]) => {
  return (path: string) => void spawnSync(program, [...args, path]);
};

const files: readonly [string, string, (path: string) => void, RegExp][] = [
  ["a FIFO that nobody writes", "a.yaml", command("mkfifo"), /no data for 10 seconds/],
  ["a folder", "a.yaml", (path) => mkdirSync(path), /is a folder, not a file/],
  ["a link to itself", "a.yaml", (path) => symlinkSync(path, path), /symbolic links are circular/],
  ["zeros without an end", "a.yaml", (path) => symlinkSync("/dev/zero", path), /is a device, not a file/],
  ["a terminal's device", "a.yaml", (path) => symlinkSync("/dev/ptmx", path), /is a device|cannot read/],
  ["a file of 100 MB", "a.yaml", command("truncate", "--size=100M"), /larger than 8 MiB/],
  ["bytes that are no UTF-8", "a.json", text(Buffer.from([0xff, 0xfe, 0x41, 0])), /is not UTF-8 text/],
  ["a surrogate without its other half, in bytes", "a.yaml", text(Buffer.from('a: "\xed\xa0\x80"', "latin1")), /is not UTF-8/],
  ["a surrogate without its other half, escaped", "a.json", text('{"name": "\\ud800"}'), /LVS013.*hint/s],
  ["NUL characters", "a.yaml", text("version: 1\0\n"), /LVS001 .*:1:11 .*NUL character/],
  ["zeros of 7 MB", "a.json", command("truncate", "--size=7M"), /NUL character/],
  ["a mark, carriage returns and nothing more", "a.yaml", text("\uFEFF\r\n\r\n"), /the text is empty/],
  ["a key that is doubled a hundred thousand times", "a.json", text(`{${'"a":1,'.repeat(100_000)}"a":1}`), /LVS002 .*duplicate key "a"/],
  ["a million values", "a.json", text(`[${"1,".repeat(MiB)}1]`), /more than 500000 values/],
  ["a million hyphens", "a.yaml", text("- ".repeat(MiB)), /more than 500000 values/],
  ["a hundred thousand lists in lists", "a.yaml", text("- ".repeat(100_000)), /nested more than 64 levels deep/],
  ["four hundred thousand keys", "a.yaml", text("a: 1\n".repeat(400_000)), /LVS002/],
  ["a hundred thousand hosts of nothing", "a.json", text(`{"hosts":{${Array.from({ length: 100_000 }, (_, n) => `"h${n}":{}`)}}}`), /LVS011.*LVS101/s],
  ["one string of 7 MB", "a.yaml", text(`name: "${"\\u0041".repeat(MiB)}"`), /LVS01/],
  ["aliases that grow to a billion", "a.yaml", text(`a0: &a0 [1]\n${Array.from({ length: 20 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`).join("\n")}\n`), /repeat too much/],
  ["an alias of itself", "a.yaml", text("hosts: &a\n  b: *a\n"), /LVS0/],
  ["merge keys", "a.yaml", text("a: &a { b: 1 }\nhosts:\n  <<: *a\n"), /unknown key "<<"|LVS01/],
  ["a tag that runs code elsewhere", "a.yaml", text('name: !!js/function "function () {}"\n'), /LVS0/],
  ["a second document", "a.yaml", text("version: 1\n---\nversion: 1\n"), /second document/],
]; // biome-ignore format: a table

test.each(files)(
  "%s",
  (_, name, make, says) => {
    const path = join(temporaryFolder(), name);
    make(path);
    judge(run(["validate", path]), says);
  },
  150_000,
);

test("standard input without an end", () => {
  const { output, status } = shell(
    `yes | ${[process.execPath, "--import", `'${measure}'`, cli, "validate", "-"].join(" ")}`,
  );
  judge({ output, status }, /larger than 8 MiB/);
});

test("what a program writes slowly is waited for, by a name or by standard input", () => {
  const topology = "examples/pi-lab/topology.json";
  const slow = `{ head -c 100 ${topology}; sleep 2; tail -c +101 ${topology}; }`;
  for (const line of [`${slow} | node dist/cli.js validate -`, `node dist/cli.js validate <(${slow})`]) {
    expect(shell(line)).toMatchObject({ status: 0 });
  }
});

test.each([
  [
    "templates that never end",
    ["render", "examples/pi-lab/topology.json", "--stdout", "--templates"],
    "director/lvs_dr.sh.hbs",
  ],
  ["a script that never ends", ["lint"], "lvs_dr.sh"],
])("%s", (_, words, name) => {
  const folder = temporaryFolder();
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  symlinkSync("/dev/zero", path);
  judge(run([...words, words[0] === "lint" ? path : folder]), /not a regular file|neither a file/);
});

interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

function run(words: readonly string[]): Outcome {
  const { status, stderr, stdout } = spawnSync(process.execPath, ["--import", measure, cli, ...words], {
    encoding: "utf8",
    maxBuffer: 64 * MiB,
    timeout: endless,
  });
  return { status, output: stdout + stderr };
}

function shell(line: string) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

/** Refused as the user's to mend: with words, and without a program's insides. */
function judge({ status, output }: Outcome, says: RegExp): void {
  expect(output).toMatch(says);
  expect([1, 2]).toContain(status);
  expect(output).not.toMatch(/^ +at |internal error|heap out of memory/m);
  const [, memory] = /^KiB (\d+)$/m.exec(output) ?? [];
  expect(Number(memory)).toBeLessThan(memoryBound);
}
