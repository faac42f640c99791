/**
 * Threads that write an output's files: making ten thousand of them takes a kernel as long as rendering them takes
 * lvsgen. Few files are written at once, as a thread takes longer to start.
 */

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { type Batch, type BatchResult, DONE, READY, type WriterData } from "./batch.ts";
import { writeNewFile } from "./write-file.ts";
import { type WrittenFile, writtenFile } from "./written-file.ts";

/** Files that are written before the threads are started. */
const fewFiles = 400;

/** The render itself needs a processor, and a file system makes few files at once. */
const mostThreads = 3;

/** Bytes of a batch, and batches of one thread: one is written while the next is made. */
const batchBytes = 1 << 20;
const slotsEach = 2;

export class FileWriters {
  readonly #written: WrittenFile[] = [];
  #threads: readonly Writer[] = [];
  #filling: {
    readonly thread: Writer;
    readonly slot: number;
    readonly files: Batch["files"][number][];
  } | null = null;
  #filled = 0;
  #count = 0;

  /**
   * Writes a file that is not there yet, in a folder that is; or has it written, from a copy.
   *
   * @param path names it to the user
   * @throws Error of the file system, perhaps of a file before
   */
  write(file: string, path: string, bytes: Buffer, mode: number): void {
    this.#count += 1;
    if (this.#count === fewFiles) this.#threads = startThreads();
    if (bytes.length <= batchBytes && this.#hasRoom(bytes.length)) this.#put(file, path, bytes, mode);
    else this.#written.push(writtenFile(path, mode, writeNewFile(file, bytes, mode)));
  }

  /**
   * Waits for all of them.
   *
   * @throws Error of the file system
   */
  finish(): readonly WrittenFile[] {
    this.#send();
    return [...this.#written, ...this.#threads.flatMap((thread) => thread.finish())];
  }

  /** Nothing is written after this. */
  stop(): void {
    for (const thread of this.#threads) thread.stop();
    this.#threads = [];
    this.#filling = null;
  }

  /** Whether a thread takes so many bytes: none that has not started yet is waited for. */
  #hasRoom(length: number): boolean {
    if (this.#filling !== null && this.#filled + length > batchBytes) this.#send();
    if (this.#filling !== null) return true;
    // Where all are busy, the render writes as well.
    const thread = this.#threads.find((one) => one.isReady() && one.hasFreeSlot());
    if (thread === undefined) return false;
    this.#filling = { thread, slot: thread.takeSlot(), files: [] };
    this.#filled = 0;
    return true;
  }

  #put(file: string, path: string, bytes: Buffer, mode: number): void {
    if (this.#filling === null) return;
    const { thread, slot, files } = this.#filling;
    const start = this.#filled;
    const end = start + bytes.length;
    bytes.copy(thread.memory[slot] as Uint8Array, start);
    files.push({ file, path, mode, start, end });
    this.#filled = end;
  }

  #send(): void {
    if (this.#filling === null) return;
    const { thread, slot, files } = this.#filling;
    this.#filling = null;
    thread.send({ slot, files });
  }
}

/** None where there is one processor, or where lvsgen runs from its source. */
function startThreads(): Writer[] {
  const program = [
    join(import.meta.dirname, "file-writer.js"),
    join(import.meta.dirname, "../../dist/file-writer.js"),
  ].find((file) => existsSync(file));
  if (program === undefined) return [];
  const count = Math.min(mostThreads, availableParallelism() - 1);
  return Array.from({ length: count }, () => new Writer(program));
}

class Writer {
  readonly memory: readonly Uint8Array[];
  readonly #counters: Int32Array;
  readonly #port: MessagePort;
  readonly #free = Array.from({ length: slotsEach }, (_, slot) => slot);
  readonly #written: WrittenFile[] = [];
  #sent = 0;

  constructor(program: string) {
    const state = new SharedArrayBuffer(8);
    const memory = Array.from({ length: slotsEach }, () => new SharedArrayBuffer(batchBytes));
    const { port1, port2: port } = new MessageChannel();
    this.#port = port1;
    this.memory = memory.map((bytes) => new Uint8Array(bytes));
    this.#counters = new Int32Array(state);
    const workerData: WriterData = { port, state, memory };
    // The program's end is not kept up by it.
    new Worker(program, { workerData, transferList: [port] }).unref();
  }

  isReady(): boolean {
    return Atomics.load(this.#counters, READY) === 1;
  }

  /** @throws Error of the file system, of a batch before */
  hasFreeSlot(): boolean {
    this.#collect();
    return this.#free.length > 0;
  }

  takeSlot(): number {
    return this.#free.pop() as number;
  }

  send(batch: Batch): void {
    this.#sent += 1;
    this.#port.postMessage(batch);
  }

  /** @throws Error of the file system */
  finish(): readonly WrittenFile[] {
    this.#wait();
    this.#collect();
    return this.#written;
  }

  stop(): void {
    this.#wait();
    this.#port.close();
  }

  #wait(): void {
    for (let done = 0; done < this.#sent; done = Atomics.load(this.#counters, DONE))
      Atomics.wait(this.#counters, DONE, done);
  }

  #collect(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) return;
      const { slot, written, error } = received.message as BatchResult;
      this.#free.push(slot);
      this.#written.push(...written);
      if (error !== null) throw Object.assign(new Error(error.message), error);
    }
  }
}
