/** What a render and its writing threads tell each other. */

import type { MessagePort } from "node:worker_threads";
import type { WrittenFile } from "./written-file.ts";

/** Files that are written together. */
export interface Batch {
  /** Which memory their bytes are in. */
  readonly slot: number;
  readonly files: readonly BatchFile[];
}

interface BatchFile {
  /** Where it is made. */
  readonly file: string;
  /** Its path in the output. */
  readonly path: string;
  readonly mode: number;
  readonly start: number;
  readonly end: number;
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
