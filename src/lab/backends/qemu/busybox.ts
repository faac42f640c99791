/** The program that does everything before the machine's own root is there. */

import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { installCommand } from "../../distributions.ts";
import { LabBroken } from "../backend.ts";
import { findProgram } from "../programs.ts";
import { type CpioEntry, folder, link, program } from "./cpio.ts";

/** What the first script calls. */
const APPLETS = ["sh", "mount", "mkdir", "insmod", "switch_root", "echo"];

/** Why this machine's busybox will not do, with the remedy, or null. */
export function busyboxObstacle(): string | null {
  const busybox = findProgram("busybox");
  if (busybox === null) return `busybox is missing: ${installCommand(["busybox"])}`;
  const { stdout } = spawnSync(busybox, ["--list"], { encoding: "utf8", timeout: 10_000 });
  const has = new Set((stdout ?? "").split("\n"));
  const lacking = APPLETS.filter((applet) => !has.has(applet));
  return lacking.length === 0
    ? null
    : `${busybox} has no ${lacking.join(", ")}: ${installCommand(["busybox"])}`;
}

/**
 * busybox with the libraries that it is linked with (a static one has none), and links by which it is called.
 *
 * @throws LabBroken if there is none
 */
export function busyboxEntries(): CpioEntry[] {
  const busybox = findProgram("busybox");
  if (busybox === null) throw new LabBroken(busyboxObstacle() ?? "busybox is missing");
  const libraries = librariesOf(busybox);
  const folders = new Set(["bin", ...libraries.flatMap((path) => parentsOf(path.slice(1)))]);
  return [
    ...[...folders].map(folder),
    program("bin/busybox", readFileSync(busybox)),
    ...APPLETS.map((applet) => link(`bin/${applet}`, "busybox")),
    ...libraries.map((path) => program(path.slice(1), readFileSync(realpathSync(path)))),
  ];
}

/** ldd(1): `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)`, `/lib64/ld-linux-x86-64.so.2 (0x...)` */
function librariesOf(file: string): string[] {
  const { stdout } = spawnSync(findProgram("ldd") ?? "ldd", [file], { encoding: "utf8", timeout: 10_000 });
  return [...(stdout ?? "").matchAll(/(?:^|\s)(\/\S+) \(0x/gm)].map(([, path = ""]) => path);
}

/** `a/b/c` -> `a`, `a/b`. */
function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [...parentsOf(parent), parent];
}
