/** Reads a topology's text from a file or standard input. */

import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { UsageError } from "./errors.ts";

/** Bytes; the loader's own bound is in characters, which take up to three bytes in UTF-8. */
const maximumBytes = 96 * 1024 * 1024;

const remedies: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "no permission to read it",
  ELOOP: "its symbolic links run in a circle",
  EISDIR: "it is a folder, not a file",
  ENAMETOOLONG: "the name is too long",
};

/**
 * @param file path, or `-` for standard input
 * @throws UsageError where it cannot be read or is no UTF-8
 */
export function readTopologyText(file: string): string {
  const bytes = readBytes(file);
  try {
    // The decoder keeps the mark, so that the loader sees the same text as elsewhere.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`cannot read ${shown(file)}: it is not UTF-8 text`);
  }
}

function readBytes(file: string): Uint8Array {
  let descriptor: number | null = null;
  try {
    descriptor = file === "-" ? 0 : openSync(file, "r");
    if (fstatSync(descriptor).size > maximumBytes)
      throw new UsageError(`cannot read ${shown(file)}: it is larger than 32 MiB`);
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new UsageError(`cannot read ${shown(file)}: ${remedies[code] ?? (error as Error).message}`);
  } finally {
    if (descriptor !== null && descriptor !== 0) closeSync(descriptor);
  }
}

function shown(file: string): string {
  return file === "-" ? "standard input" : file;
}
