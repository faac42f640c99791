/** Where paused programs wait: the runner does its work at each pause, then lets the program go on. */

import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, rmSync, writeSync } from "node:fs";
import { Socket } from "node:net";

export class Gate {
  readonly path: string;
  readonly #ask: Socket;
  readonly #go: number;
  readonly #pauses: Promise<void>[] = [];

  /** @param onPause called with `before ip address add …`; the program goes on when it resolves */
  constructor(path: string, onPause: (what: string) => Promise<void>) {
    this.path = path;
    execFileSync("mkfifo", [`${path}.ask`, `${path}.go`]);
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
    rmSync(`${this.path}.ask`);
    rmSync(`${this.path}.go`);
  }
}
