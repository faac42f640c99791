/** A thread that writes files, while the render makes the next ones: src/output/file-writers.ts starts it. */

import { workerData } from "node:worker_threads";
import { type Batch, type BatchResult, DONE, READY, type WriterData } from "./batch.ts";
import { NewFiles, type WrittenFile } from "./new-files.ts";

const { root, port, state, memory } = workerData as WriterData;
const newFiles = new NewFiles(root);
const counters = new Int32Array(state);

port.on("message", (batch: Batch) => {
  port.postMessage(writeBatch(batch));
  Atomics.add(counters, DONE, 1);
  Atomics.notify(counters, DONE);
});
Atomics.store(counters, READY, 1);

function writeBatch({ slot, paths, modes, ends }: Batch): BatchResult {
  const written: WrittenFile[] = [];
  try {
    let start = 0;
    for (const [index, path] of paths.entries()) {
      const end = ends[index] ?? start;
      const bytes = new Uint8Array(memory[slot] as SharedArrayBuffer, start, end - start);
      written.push(newFiles.write(path, bytes, modes[index] ?? 0));
      start = end;
    }
    return { slot, written, error: null };
  } catch (error) {
    // A copy of an error has its message and no more.
    const { message, code, syscall } = error as NodeJS.ErrnoException;
    return { slot, written, error: { message, code, syscall } };
  }
}
