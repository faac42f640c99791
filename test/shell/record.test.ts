/** The record, read: both forms, the one that old dash damaged, and one that was cut short. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const shells = [["dash"], ["bash", "--posix"], ["busybox", "ash"], ["yash", "-o", "posixlycorrect"]];

const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();

/** As 0.1.0 left it on pi2 under a shell that splits as dash did before 0.5.11. */
const damaged = readFileSync(join(repository, "test/fixtures/0.1.0/old-dash.record"), "utf8").replace(
  "BOOT",
  boot,
);
const lines = damaged.slice(damaged.indexOf("sysctl"));
const whole = damaged.replace("started", "started\n");
const form2 = `lvsgen-record 2 ${boot} started\n${lines}end\n`;

/** A script's functions without its main, then what the test asks of them. */
const script = readFileSync(join(repository, "out/pi2/lvs_rs.sh"), "utf8").replace(/\nmain "\$@"\n$/, "\n");

/** @returns state and lines as the shell read them, or what it died of */
function load(record: string, [shell = "", ...options]: readonly string[]): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lvs_rs.record"), record);
  writeFileSync(
    join(folder, "load.sh"),
    `${script.replace(/^STATE_DIR=.*$/m, `STATE_DIR=${folder}`)}
LOCKED=yes
load_record
printf '%s%s' "$STATE" "$OLD"
`,
  );
  const { stdout, stderr } = spawnSync(shell, [...options, join(folder, "load.sh")], { encoding: "utf8" });
  return stdout + stderr.replaceAll(folder, "");
}

describe.each(shells)("%s", (...shell) => {
  test.each([
    ["form 1", whole],
    ["form 1, damaged by old dash", damaged],
    ["form 2", form2],
  ])("reads %s", (_, record) => {
    expect(load(record, shell)).toBe(`started\n${lines}`);
  });

  test("reads a record without a line, of each form", () => {
    expect(load(`lvsgen-record 2 ${boot} stopping\nend\n`, shell)).toBe("stopping\n");
    expect(load(`lvsgen-record 1 ${boot} stopping\n`, shell)).toBe("stopping\n");
  });

  test("says that a record of another boot is ignored", () => {
    expect(load(form2.replace(boot, "another"), shell)).toMatch(/^none\n.*from an earlier boot/s);
  });
});

test("a record of form 2 that was cut is never taken for whole", () => {
  // Without its last line break it still is.
  const lengths = [...Array(form2.length - 1).keys()].filter((at) => at % 9 === 0 || at > form2.length - 8);
  const read = lengths.map((length) => load(form2.slice(0, length), ["dash"]));
  expect(read.filter((text) => !/damaged|cut short/.test(text))).toEqual([]);
  expect(read.at(-1)).toContain("was cut short");
});
