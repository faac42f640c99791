/**
 * Threads that write an output's files: making ten thousand of them takes a kernel as long as rendering them takes
 * lvsgen. Few files are written at once, as a thread takes longer to start.
 */

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Artifact } from "../render/artifact.ts";
import { type Batch, type BatchResult, DONE, READY, type WriterData } from "./batch.ts";
import { NewFiles, type WrittenFile } from "./new-files.ts";
import { Scratch } from "./scratch.ts";

/** Files that are written before the threads are started. */
const fewFiles = 400;

/** The render itself needs a processor, and a file system makes few files at once. */
function mostThreads(): number {
  return Math.min(3, availableParallelism() - 1);
}

/** Bytes of a batch, and batches of one thread: one is written while the next is made. */
const batchBytes = 1 << 21;
const slotsEach = 2;

export class FileWriters {
  readonly #root: string;
  readonly #mostThreads: number;
  readonly #newFiles: NewFiles;
  readonly #written: WrittenFile[] = [];
  readonly #scratch = new Scratch();
  #threads: readonly Writer[] = [];
  #filling: Filling | null = null;
  #count = 0;

  /**
   * @param root the new folder
   * @param threads at most, once there are many files
   */
  constructor(root: string, { threads = mostThreads() } = {}) {
    this.#root = root;
    this.#mostThreads = threads;
    this.#newFiles = new NewFiles(root);
  }

  makeFolder(path: string, mode: number): void {
    this.#newFiles.makeFolder(path, mode);
  }

  /**
   * Writes a file that is not there yet, or has it written.
   *
   * @throws Error of the file system, perhaps of a file before
   */
  write({ path, text, mode }: Artifact): void {
    this.#count += 1;
    if (this.#count === fewFiles) this.#threads = startThreads(this.#root, this.#mostThreads);
    const filling = this.#withRoom(text.length * mostBytesEach);
    if (filling === null) this.#written.push(this.#newFiles.write(path, this.#scratch.encode(text), mode));
    else filling.add(path, text, mode);
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

  /** Whether a thread can write: none that has not started yet is waited for. */
  isReady(): boolean {
    return this.#threads.some((thread) => thread.isReady());
  }

  /** Null where the render writes by itself: a file that is too large, or all threads busy. */
  #withRoom(length: number): Filling | null {
    if (length > batchBytes) return null;
    if (this.#filling?.hasRoom(length) === false) this.#send();
    const thread =
      this.#filling === null ? this.#threads.find((one) => one.isReady() && one.hasFreeSlot()) : undefined;
    if (thread !== undefined) this.#filling = new Filling(thread);
    return this.#filling;
  }

  #send(): void {
    this.#filling?.send();
    this.#filling = null;
  }
}

/** A UTF-16 code unit takes at most three bytes. */
const mostBytesEach = 3;

/** A batch that is not full yet. */
class Filling {
  readonly #thread: Writer;
  readonly #slot: number;
  readonly #paths: string[] = [];
  readonly #modes: number[] = [];
  readonly #ends: number[] = [];
  #end = 0;

  constructor(thread: Writer) {
    this.#thread = thread;
    this.#slot = thread.takeSlot();
  }

  hasRoom(length: number): boolean {
    return this.#end + length <= batchBytes;
  }

  add(path: string, text: string, mode: number): void {
    this.#end += this.#thread.memory[this.#slot]?.write(text, this.#end) ?? 0;
    this.#paths.push(path);
    this.#modes.push(mode);
    this.#ends.push(this.#end);
  }

  send(): void {
    this.#thread.send({
      slot: this.#slot,
      paths: this.#paths,
      modes: this.#modes,
      ends: this.#ends,
    });
  }
}

/** None where lvsgen was not built. */
function startThreads(root: string, count: number): Writer[] {
  const program = [
    join(import.meta.dirname, "file-writer.js"),
    join(import.meta.dirname, "../../dist/file-writer.js"),
  ].find((file) => existsSync(file));
  return program === undefined ? [] : Array.from({ length: count }, () => new Writer(program, root));
}

class Writer {
  readonly memory: readonly Buffer[];
  readonly #counters: Int32Array;
  readonly #port: MessagePort;
  readonly #free = Array.from({ length: slotsEach }, (_, slot) => slot);
  readonly #written: WrittenFile[] = [];
  #sent = 0;

  constructor(program: string, root: string) {
    const state = new SharedArrayBuffer(8);
    const memory = Array.from({ length: slotsEach }, () => new SharedArrayBuffer(batchBytes));
    const { port1, port2: port } = new MessageChannel();
    this.#port = port1;
    this.memory = memory.map((bytes) => Buffer.from(bytes));
    this.#counters = new Int32Array(state);
    const workerData: WriterData = { root, port, state, memory };
    const worker = new Worker(program, { workerData, transferList: [port] });
    // One that cannot start (a limit of threads, of memory) never gets ready, and nothing is handed to it.
    worker.on("error", () => {});
    // The program's end is not kept up by it.
    worker.unref();
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
