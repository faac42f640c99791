/** Where paused programs wait: the runner does its work at each pause, then lets the program go on. */

import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";

export class Gate {
  /** Of this gate alone, and gone with its folder: a daemon's program that comes later finds none, and makes no file. */
  readonly path: string;
  readonly #folder: string;
  readonly #ask: Socket;
  readonly #go: number;
  readonly #pauses: Promise<void>[] = [];

  /** @param prefix of its folder's path @param onPause called with `before ip address add …`; the program goes on when it resolves */
  constructor(prefix: string, onPause: (what: string) => Promise<void>) {
    this.#folder = mkdtempSync(`${prefix}.`);
    // Hosts' programs run as other users, too.
    chmodSync(this.#folder, 0o755);
    const path = join(this.#folder, "gate");
    this.path = path;
    execFileSync("mkfifo", ["-m", "666", `${path}.ask`, `${path}.go`]);
    // Both ends open in one process: neither open nor a lull blocks.
    this.#go = openSync(`${path}.go`, constants.O_RDWR);
    this.#ask = new Socket({
      fd: openSync(`${path}.ask`, constants.O_RDWR),
      readable: true,
      writable: false,
    });
    this.#ask.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split("\n").filter((part) => part !== "")) {
        this.#pauses.push(onPause(line).finally(() => writeSync(this.#go, "\n")));
      }
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#pauses);
    this.#ask.destroy();
    closeSync(this.#go);
    rmSync(this.#folder, { recursive: true });
  }
}
