/** A module as busybox's insmod takes it. Debian 13 and Fedora compress them by xz, Arch by zstd, others by gzip. */

import { readFileSync } from "node:fs";
import { installCommand } from "../../distributions.ts";
import { LabBroken } from "../backend.ts";
import { findProgram } from "../programs.ts";
import { decompress, formatOf } from "./decompress.ts";

/** @throws LabBroken naming the program that is missing */
export function moduleContent(file: string): Uint8Array {
  const bytes = readFileSync(file);
  const format = formatOf(bytes);
  if (format === null) return bytes;
  const { program } = format;
  if (program !== null && !findProgram(program))
    throw new LabBroken(
      `the kernel's modules are compressed (${file}), and ${program} is missing: ${installCommand([program])}`,
    );
  try {
    return decompress(format, bytes);
  } catch (error) {
    throw new LabBroken(
      `cannot decompress ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
