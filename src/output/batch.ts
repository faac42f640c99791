/** What a render and its writing threads tell each other. */

import type { MessagePort } from "node:worker_threads";
import type { WrittenFile } from "./new-files.ts";

/** Files that are written together. */
export interface Batch {
  /** Which memory their bytes are in, one file behind the other. */
  readonly slot: number;
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
  /** The new folder. */
  readonly root: string;
  readonly port: MessagePort;
  readonly state: SharedArrayBuffer;
  readonly memory: readonly SharedArrayBuffer[];
}

/** Places in the shared state: whether the thread has started, and how many batches it has done. */
export const READY = 0;
export const DONE = 1;
