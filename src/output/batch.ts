/** What a render and its writing threads tell each other. */

import type { MessagePort } from "node:worker_threads";
import type { WrittenFile } from "./written-file.ts";

/** Files that are written together. */
export interface Batch {
  /** Which memory their bytes are in, one file behind the other. */
  readonly slot: number;
  /** Where they are made. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly modes: readonly number[];
  /** Where each file's bytes end. */
  readonly ends: readonly number[];
}

export interface BatchResult {
  readonly slot: number;
  readonly written: readonly WrittenFile[];
  readonly error: SystemError | null;
}

export interface SystemError {
  readonly message: string;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
}

export interface WriterData {
  readonly port: MessagePort;
  readonly state: SharedArrayBuffer;
  readonly memory: readonly SharedArrayBuffer[];
}

/** Places in the shared state: whether the thread has started, and how many batches it has done. */
export const READY = 0;
export const DONE = 1;
