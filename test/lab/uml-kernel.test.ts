/** User-Mode Linux on processors with AMX, which it does not know: whether it runs is tried on any processor. */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kernelArguments } from "../../src/lab/backends/uml.ts";
import { initScript } from "../../src/lab/backends/uml-init.ts";
import { MODULES, umlCommand, umlObstacle } from "../../src/lab/backends/uml-kernel.ts";
import { isNoexec, memoryFolder, memoryObstacle } from "../../src/lab/backends/uml-memory.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

test("a kernel with the library runs programs that keep their registers", { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  const init = join(folder, "init");
  // Digests use the widest registers that a processor has; two at once are switched between, many times.
  const digests =
    "i=0; while [ $i -lt 20 ]; do head -c 3000000 /dev/zero | sha256sum; i=$((i + 1)); done | sort -u";
  const program = `( ${digests} ) >/dev/ttyS0 & ( ${digests} ) >/dev/ttyS0 & wait`;
  writeFileSync(init, initScript({ command: ["/bin/sh", "-c", program], modules: MODULES }), { mode: 0o755 });
  const [command, ...args] = umlCommand(folder, kernelArguments(folder, init, false), () => true);
  const { output } = spawnSync(command, args, {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    encoding: "utf8",
    timeout: 100_000,
  });
  const right = spawnSync("sh", ["-c", "head -c 3000000 /dev/zero | sha256sum"], { encoding: "utf8" }).stdout;
  expect(output[3]?.replaceAll("\r", ""), output[1] ?? "").toBe(right + right);
});

test("its memory is a file in memory, or where there is room; otherwise the remedy is named", () => {
  const at = (shared: number, temporary: number, fault: string | null = null) => [
    { folder: "/dev/shm", free: shared, fault },
    { folder: "/var/tmp", free: temporary, fault: null },
  ];
  expect(memoryFolder(at(3000, 90_000))).toBe("/dev/shm");
  // A container's.
  expect(memoryFolder(at(64, 90_000))).toBe("/var/tmp");
  expect(memoryFolder(at(700, 300))).toBe("/dev/shm");
  expect(memoryFolder(at(9000, 300, "is mounted noexec"))).toBe("/var/tmp");
  expect(memoryFolder(at(64, 99))).toBeNull();
  expect(memoryObstacle(at(9000, 99, "is mounted noexec"))).toMatch(
    /\(\/dev\/shm is mounted noexec, \/var\/tmp has 99 MB\): set TMPDIR/,
  );
});

test("a folder is noexec by the mount that it is on, the last one there", () => {
  const mounts = `/dev/vda / ext4 rw 0 0
tmpfs /tmp tmpfs rw,nosuid,noexec 0 0
tmpfs /dev/shm tmpfs rw,noexec 0 0
tmpfs /dev/shm tmpfs rw 0 0
`;
  const found = ["/tmp", "/tmp/me", "/tmpfiles", "/dev/shm", "/var"].filter((path) => isNoexec(path, mounts));
  expect(found).toEqual(["/tmp", "/tmp/me"]);
});

test("without a compiler, the obstacle names its package", () => {
  const find = (name: string): string | null => (name === "cc" ? null : `/usr/bin/${name}`);
  expect(umlObstacle(() => true, find)).toMatch(/AMX.*apt install gcc$/);
  expect(umlObstacle(() => false, find)).toBeNull();
});
