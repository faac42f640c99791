/** A module as busybox's insmod takes it. Debian 13 and Fedora compress them by xz, Arch by zstd, others by gzip. */

import { readFileSync } from "node:fs";
import { LabBroken } from "../backend.ts";
import { findProgram } from "../programs.ts";
import { decompress, FORMATS, formatOf } from "./decompress.ts";

/** The program that decompresses modules, where it is missing here; null where all is well. @param files of modules */
export function missingDecompressor(files: readonly string[]): string | null {
  const formats = FORMATS.filter(({ ending }) => files.some((file) => file.endsWith(ending)));
  return (
    formats.map(({ program }) => program).find((program) => program !== null && !findProgram(program)) ?? null
  );
}

/** @throws LabBroken with the program's words */
export function moduleContent(file: string): Uint8Array {
  const bytes = readFileSync(file);
  const format = formatOf(bytes);
  if (format === null) return bytes;
  try {
    return decompress(format, bytes);
  } catch (error) {
    throw new LabBroken(
      `cannot decompress ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
