/** Reads a topology's text from a file or standard input. */

import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { inLanguage, phrase, say } from "../languages/say.ts";
import { UsageError } from "./errors.ts";

/** Bytes; the loader's own bound is in characters, which take up to three bytes in UTF-8. */
const maximumBytes = 24 * 1024 * 1024;

const pieceSize = 1024 * 1024;

/** Milliseconds between two attempts to read, and until lvsgen gives up. */
const pause = 5;
const patience = 10_000;

const remedies: Readonly<Record<string, string>> = {
  ENOENT: phrase`no such file`,
  EACCES: phrase`no permission`,
  ELOOP: phrase`its symbolic links are circular`,
  EISDIR: phrase`it is a folder, not a file`,
  ENAMETOOLONG: phrase`the name is too long`,
};

/**
 * @param file path, or `-` for standard input
 * @throws UsageError if it cannot be read or is not UTF-8
 */
export function readTopologyText(file: string): string {
  const bytes = readBytes(file);
  try {
    // The decoder keeps the mark, so that the loader sees the same text as elsewhere.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(say`cannot read ${shown(file)}: it is not UTF-8 text`);
  }
}

function readBytes(file: string): Uint8Array {
  let descriptor: number | null = null;
  try {
    descriptor = file === "-" ? 0 : openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    // Devices have no end; a terminal or /dev/null is read as standard input.
    if (file !== "-" && (stat.isCharacterDevice() || stat.isBlockDevice()))
      throw new UsageError(say`cannot read ${file}: it is a device, not a file`);
    if (stat.size > maximumBytes) throw tooLarge(file);
    return readToEnd(descriptor, file, stat.isFIFO());
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const remedy = remedies[code];
    const reason = remedy === undefined ? (error as Error).message : inLanguage(remedy);
    throw new UsageError(say`cannot read ${shown(file)}: ${reason}`);
  } finally {
    if (descriptor !== null && descriptor !== 0) closeSync(descriptor);
  }
}

/**
 * Piece by piece and never more than the bound, as only regular files have a size. A named pipe may have no writer yet,
 * and looks like one at its end; only standard input has no time limit.
 */
function readToEnd(descriptor: number, file: string, isPipe: boolean): Uint8Array {
  const pieces: Uint8Array[] = [];
  const buffer = Buffer.allocUnsafe(pieceSize);
  let total = 0;
  let waited = 0;
  while (total <= maximumBytes) {
    const length = readPiece(descriptor, buffer);
    const isEmpty = length === 0 && total === 0 && isPipe && file !== "-";
    if (length === 0 && !isEmpty) return Buffer.concat(pieces, total);
    if (length === null || isEmpty) {
      waited += pause;
      if (waited > patience && file !== "-") throw tooSlow(file);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
      continue;
    }
    pieces.push(Buffer.from(buffer.subarray(0, length)));
    total += length;
    waited = 0;
  }
  throw tooLarge(file);
}

/** @returns the number of bytes, 0 at the end; null if there are none yet */
function readPiece(descriptor: number, buffer: Buffer): number | null {
  try {
    return readSync(descriptor, buffer);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EAGAIN") return null;
    // The end of a pipe on Windows.
    if (code === "EOF") return 0;
    throw error;
  }
}

function tooSlow(file: string): UsageError {
  return new UsageError(
    say`cannot read ${file}: no data for ${patience / 1000} seconds; pipe a slow program's output to standard input (-)`,
  );
}

function tooLarge(file: string): UsageError {
  return new UsageError(
    say`cannot read ${shown(file)}: it is larger than 8 MiB; split the cluster into several topologies`,
  );
}

function shown(file: string): string {
  return file === "-" ? say`standard input` : file;
}
