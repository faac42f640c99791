/**
 * Puts a finished folder where another one is, in one step. Linux can exchange two names atomically
 * (renameat2(2), RENAME_EXCHANGE), which Node cannot ask for; small programs of every distribution can.
 */

import { spawnSync } from "node:child_process";
import { renameSync, statSync } from "node:fs";

/** Number of the renameat2 system call, by Node's name of the processor. */
const renameat2: Readonly<Record<string, number>> = {
  x64: 316,
  arm64: 276,
  riscv64: 276,
  arm: 382,
  ia32: 353,
  ppc64: 357,
  s390x: 347,
};

const perlExchange = "exit(syscall($ARGV[0] + 0, -100, $ARGV[1], -100, $ARGV[2], 2) == 0 ? 0 : 1)";

const pythonExchange =
  "import ctypes,os,sys; sys.exit(-ctypes.CDLL(None).renameat2(-100,os.fsencode(sys.argv[1]),-100,os.fsencode(sys.argv[2]),2))";

/** Commands that exchange two names, tried in this order: coreutils 9.5, perl (Debian's base system), python. */
function exchangers(a: string, b: string): [string, string[]][] {
  const number = renameat2[process.arch];
  return [
    ["mv", ["--exchange", "--no-copy", "-T", "--", a, b]],
    ...(number === undefined
      ? []
      : ([["perl", ["-e", perlExchange, String(number), a, b]]] as [string, string[]][])),
    ["python3", ["-c", pythonExchange, a, b]],
  ];
}

/**
 * Puts `next` in the place of `current`, which goes to `aside`; all on one file system. Where nothing here can
 * exchange them at once, it takes two renames, between which `current` is absent: `recoverOutput` puts that right.
 */
export function exchangeFolders(next: string, current: string, aside: string): void {
  if (process.platform === "linux" && exchangeAtOnce(next, current)) {
    renameSync(next, aside);
    return;
  }
  renameSync(current, aside);
  renameSync(next, current);
}

/** What was exchanged is seen on the disk: a program that was killed may have done its work. */
function exchangeAtOnce(next: string, current: string): boolean {
  const { ino } = statSync(next);
  return exchangers(next, current).some(([program, args]) => {
    spawnSync(program, args, { stdio: "ignore" });
    return statSync(current).ino === ino;
  });
}
