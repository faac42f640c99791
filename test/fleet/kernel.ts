/** The kernel that a fleet lives in: one User-Mode Linux process, asked by its serial line, answering in files. */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { QUICK_BOOT } from "../../src/lab/backends/uml.ts";
import { initScript } from "../../src/lab/backends/uml-init.ts";
import { MODULES, umlCommand } from "../../src/lab/backends/uml-kernel.ts";

export interface Result {
  /** Exit status; 128 + signal when killed. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A host takes some 80 MB, a program in Node or Python the same; only what is touched is taken. */
const MEMORY_MB = 3072;

/** Seconds for all hosts to boot, on a machine that does something else as well. */
const BOOT_SECONDS = 300;

/** Seconds for one request: a playbook takes minutes, and only a hang takes as long. */
const REQUEST_SECONDS = 1200;

export class FleetKernel {
  readonly #child: ChildProcess;
  readonly #door: string;
  readonly #waiting = new Map<string, (code: number) => void>();
  #next = 0;
  #console = "";
  #fault = "";
  readonly #up: Promise<void>;
  readonly #ended: Promise<void>;

  /** @param folder has the files that guest/fleet.sh describes; the machine and the kernel both see it */
  constructor(folder: string, tree: string) {
    this.#door = join(folder, "door");
    const init = join(folder, "init");
    const command = ["/bin/sh", join(folder, "guest/fleet.sh"), folder, tree];
    writeFileSync(init, initScript({ command, modules: MODULES }), { mode: 0o755 });
    // The kernel ends with us, however we end: its line closes then, and fleet.sh ends with its line.
    const [program, ...args] = umlCommand(folder, kernelArguments(folder, init));
    this.#child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#console = (this.#console + text).slice(-8000);
      });
    }
    let settle: { up: () => void; fail: (error: Error) => void };
    this.#up = new Promise((resolve, reject) => {
      settle = { up: resolve, fail: reject };
    });
    readLines(this.#child.stdio[4] as Readable, (line) => this.#read(line, () => settle.up()));
    (this.#child.stdio[3] as Writable).on("error", () => {});
    this.#ended = new Promise((resolve) => {
      this.#child.once("close", () => {
        settle.fail(new Error(`the fleet's kernel ended: ${this.#fault}\n${this.#console}`));
        for (const finish of this.#waiting.values()) finish(-1);
        resolve();
      });
    });
    process.on("exit", this.#kill);
  }

  /** @throws Error with what the kernel said, where the fleet does not boot */
  async up(): Promise<void> {
    const late = setTimeout(() => {
      this.#fault ||= `not up after ${BOOT_SECONDS} s`;
      this.#kill();
    }, BOOT_SECONDS * 1000);
    await this.#up.finally(() => clearTimeout(late));
  }

  /**
   * Runs shell text at a place: a host's name, or `-` for the controller.
   *
   * @throws Error when the kernel is gone, or nothing came back for minutes
   */
  async run(place: string, text: string): Promise<Result> {
    const id = `${this.#next++}`;
    const file = join(this.#door, id);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, `${file}.sh`);
    const code = await new Promise<number>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${place}: no answer after ${REQUEST_SECONDS} s from: ${text}`)),
        REQUEST_SECONDS * 1000,
      );
      this.#waiting.set(id, (status) => {
        clearTimeout(late);
        resolve(status);
      });
      (this.#child.stdio[3] as Writable).write(`${id} ${place}\n`);
    });
    if (code < 0) throw new Error(`the fleet's kernel is gone: ${this.#fault}\n${this.#console}`);
    const [stdout, stderr] = [readFileSync(`${file}.out`, "utf8"), readFileSync(`${file}.err`, "utf8")];
    for (const suffix of ["sh", "out", "err"]) rmSync(`${file}.${suffix}`);
    return { code, stdout, stderr };
  }

  async halt(): Promise<void> {
    (this.#child.stdio[3] as Writable).write("halt -\n");
    const late = setTimeout(this.#kill, 10_000);
    await this.#ended;
    clearTimeout(late);
    process.off("exit", this.#kill);
  }

  #read(line: string, up: () => void): void {
    if (line === "up") {
      up();
      return;
    }
    if (line.startsWith("! ")) {
      this.#fault = line.slice(2);
      return;
    }
    const [id = "", code = ""] = line.split(" ");
    this.#waiting.get(id)?.(Number(code));
    this.#waiting.delete(id);
  }

  readonly #kill = (): void => {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    process.kill(-pid, "SIGKILL");
  };
}

function kernelArguments(folder: string, init: string): string[] {
  return [
    `mem=${MEMORY_MB}M`,
    "rootfstype=hostfs",
    "root=/dev/root",
    "rw",
    `init=${init}`,
    "con=null",
    "con0=null,fd:1",
    "ssl=null",
    "ssl0=fd:3,fd:4",
    ...QUICK_BOOT,
    `uml_dir=${folder}/`,
  ];
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let buffer = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = (buffer + text).split(/\r?\n/);
    buffer = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("error", () => {});
}
