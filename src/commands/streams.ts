/** Data goes to standard output, messages to standard error. */

import { fstatSync, writeSync } from "node:fs";
import { refusalOf, UserFault } from "../base/user-fault.ts";
import { say } from "../languages/say.ts";

class StreamFault extends UserFault {
  override readonly name = "StreamFault";
  override readonly kind = "system";
}

/**
 * @param text data, with its last newline
 * @throws StreamFault if standard output fails
 */
export function writeData(text: string): void {
  offerData(text);
}

/**
 * For commands that write until somebody stops them.
 *
 * @returns false when nobody reads any more
 * @throws StreamFault if standard output fails
 */
export function offerData(text: string): boolean {
  try {
    return writeAll(1, text);
  } catch (error) {
    const reason = refusalOf(error);
    throw reason === null ? error : new StreamFault(say`cannot write standard output: ${reason}`);
  }
}

let isMuted = false;

/** For the rest of the program: no notes and no progress, only errors. */
export function muteNotes(): void {
  isMuted = true;
}

/** @param line a note for people, without its newline */
export function writeNote(line: string): void {
  if (!isMuted) writeError(line);
}

/** @param text without its last newline */
export function writeError(text: string): void {
  try {
    writeAll(2, `${text}\n`);
  } catch {
    // Without standard error only the exit status is left.
  }
}

/** Colours only for a terminal, and never under NO_COLOR (no-color.org: set and not empty). */
export function isColored(name: "stdout" | "stderr" = "stderr"): boolean {
  return isTerminal(name) && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

/** Without Node's streams, which load its network: a file or a pipe is not a terminal. */
function isTerminal(name: "stdout" | "stderr"): boolean {
  try {
    return fstatSync(name === "stdout" ? 1 : 2).isCharacterDevice() && process[name].isTTY === true;
  } catch {
    // Closed.
    return false;
  }
}

/** Standard error for progress lines, or null if it is not a terminal. */
export function progressStream(): NodeJS.WriteStream | null {
  return isTerminal("stderr") && !isMuted ? terminalStream() : null;
}

/** A closed terminal is not an error. */
export function terminalStream(): NodeJS.WriteStream {
  if (process.stderr.listenerCount("error") === 0) process.stderr.on("error", () => {});
  return process.stderr;
}

/** Columns of standard output, or null if it is not a terminal. */
export function terminalColumns(): number | null {
  return isTerminal("stdout") ? process.stdout.columns || null : null;
}

/** Columns for running text on standard output: the terminal's, but lines of more than 100 are hard to read. */
export function pageWidth(): number {
  return Math.min(process.stdout.columns || 80, 100);
}

/**
 * Synchronous, so that everything is written before the process ends, to a pipe or a file. A closed pipe (EPIPE, as with
 * `| head`) is not an error; a full one (EAGAIN) is retried.
 */
function writeAll(descriptor: number, text: string): boolean {
  const bytes = Buffer.from(text);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  return true;
}
