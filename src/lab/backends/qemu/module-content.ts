/** A module as busybox's insmod takes it. Distributions compress them: Debian 13 and Fedora by xz, Arch by zstd, others by gzip. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { LabBroken } from "../backend.ts";
import { findProgram } from "../programs.ts";

/** Programs by the name's end, and the package of each. */
const DECOMPRESSORS: Readonly<Record<string, { readonly program: string; readonly packageName: string }>> = {
  ".xz": { program: "xz", packageName: "xz-utils" },
  ".zst": { program: "zstd", packageName: "zstd" },
};

/** @throws LabBroken naming the program that is missing */
export function moduleContent(file: string): Uint8Array {
  if (file.endsWith(".ko")) return readFileSync(file);
  if (file.endsWith(".gz")) return gunzipSync(readFileSync(file));
  const [, decompressor] = Object.entries(DECOMPRESSORS).find(([end]) => file.endsWith(end)) ?? [];
  if (decompressor === undefined) throw new LabBroken(`${file}: unknown compression of a kernel module`);
  const { program, packageName } = decompressor;
  const path = findProgram(program);
  if (path === null)
    throw new LabBroken(`the kernel's modules are compressed (${file}), and ${program} is missing: apt install ${packageName}`);
  const { status, stdout, stderr, error } = spawnSync(path, ["-dc", file], { maxBuffer: 1 << 28 });
  if (status !== 0) throw new LabBroken(`cannot decompress ${file}: ${error ?? stderr.toString().trim()}`);
  return stdout;
}
