/** The init script, run: what it calls, what it returns, with and without a distribution's function library. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const generated = readFileSync(join(repository, "out/pi3/lvs_rs.init"), "utf8");

/** A library as CentOS has it (initscripts, /etc/rc.d/init.d/functions): success and failure, no line break. */
const centosLibrary = `
success() { printf '[  OK  ]'; return 0; }
failure() { printf '[FAILED]'; return 1; }
`;

/** A library as Debian has it (lsb-base, /lib/lsb/init-functions). */
const debianLibrary = `
log_end_msg() { if [ "$1" -eq 0 ]; then echo done.; else echo failed!; fi; return "$1"; }
`;

let root = "";

beforeEach(() => {
  root = temporaryFolder();
  for (const path of ["sbin", "lsb", "rc", "subsys"]) mkdirSync(join(root, path));
  const text = generated
    .replaceAll("/usr/local/sbin/", `${root}/sbin/`)
    .replaceAll("/lib/lsb/", `${root}/lsb/`)
    .replaceAll("/etc/rc.d/init.d/", `${root}/rc/`)
    .replaceAll("/var/lock/subsys", `${root}/subsys`);
  expect(text).not.toBe(generated);
  writeFileSync(join(root, "lvs_rs"), text, { mode: 0o755 });
});

/** A script that notes how it is called, and returns what $WITH says. */
function installScript(): void {
  const script = `#!/bin/sh\necho "$1 $LVSGEN_WAIT" >>${root}/calls\nexit "\${WITH:-0}"\n`;
  writeFileSync(join(root, "sbin/lvs_rs.sh"), script, { mode: 0o755 });
}

function run(verb: string, status = 0, shell = ["sh"]) {
  const [program = "", ...args] = shell;
  const env = { ...process.env, WITH: String(status) };
  const result = spawnSync(program, [...args, join(root, "lvs_rs"), verb], { encoding: "utf8", env });
  return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

const calls = () => readFileSync(join(root, "calls"), "utf8");

const libraries: [string, () => void][] = [
  ["no library", () => undefined],
  ["CentOS's library", () => writeFileSync(join(root, "rc/functions"), centosLibrary)],
  ["Debian's library", () => writeFileSync(join(root, "lsb/init-functions"), debianLibrary)],
];

describe.each(libraries)("with %s", (_, installLibrary) => {
  beforeEach(() => {
    installScript();
    installLibrary();
  });

  test.each([["dash"], ["bash"], ["busybox", "ash"]])(
    "in %s, verbs and exit statuses pass through",
    (...shell) => {
      for (const verb of ["start", "stop", "restart", "reload"]) {
        expect(run(verb, 0, shell).status, verb).toBe(0);
        expect(run(verb, 5, shell).status, verb).toBe(5);
      }
      expect(run("status", 3, shell).status).toBe(3);
      expect(run("status", 150, shell).status).toBe(150);
      expect(calls().split("\n")[0]).toBe("start 60");
    },
  );

  test("the shutdown marker follows start and stop", () => {
    run("start", 1);
    expect(existsSync(join(root, "subsys/lvs_rs"))).toBe(false);
    run("start");
    expect(existsSync(join(root, "subsys/lvs_rs"))).toBe(true);
    run("stop", 1);
    expect(existsSync(join(root, "subsys/lvs_rs"))).toBe(true);
    run("stop");
    expect(existsSync(join(root, "subsys/lvs_rs"))).toBe(false);
  });
});

test("an unknown verb is a usage error, a missing script exits 5", () => {
  expect(run("start")).toMatchObject({ status: 5, stderr: expect.stringContaining("run setup.sh") });
  installScript();
  expect(run("dance")).toMatchObject({ status: 2, stderr: expect.stringContaining("Usage:") });
  expect(run("")).toMatchObject({ status: 2 });
});

test("try-restart restarts what runs, and nothing else", () => {
  installScript();
  expect(run("try-restart", 3).status).toBe(0);
  expect(calls()).not.toContain("restart");
  expect(run("condrestart", 0).status).toBe(0);
  expect(calls()).toContain("restart");
});

test("it has the headers that both families read", () => {
  expect(generated).toMatch(/^# chkconfig: 2345 95 05$/m);
  // LSB's header beside it names the same runlevels.
  const levels = /^# Default-Start: +([\d ]+)$/m.exec(generated)?.[1] ?? "";
  expect(levels.replaceAll(" ", "")).toBe("2345");
  expect(generated).toMatch(/^# description: \S/m);
  const header = /### BEGIN INIT INFO\n([\s\S]*?)### END INIT INFO/.exec(generated)?.[1] ?? "";
  for (const key of [
    "Provides",
    "Required-Start",
    "Required-Stop",
    "Default-Start",
    "Default-Stop",
    "Short-Description",
  ]) {
    expect(header).toContain(`# ${key}:`);
  }
});
