/** A Node child inside a namespace, asked by JSON lines: the responders and the clients' traffic. */

import { type ChildProcess, spawn } from "node:child_process";

type Answer = { readonly id: number; readonly result?: unknown; readonly error?: string };

const ENDED = "a helper process of the lab ended";

export class Channel {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (reason: Error) => void }
  >();
  #next = 0;
  #buffer = "";
  #ended = false;

  /** @param pid a process in the network namespace to join */
  constructor(pid: number, args: readonly string[]) {
    const [, self = ""] = process.argv;
    const node = ["--net=" + `/proc/${pid}/ns/net`, "--", process.execPath, self, ...args];
    this.#child = spawn("nsenter", node, { stdio: ["pipe", "pipe", "inherit"], cwd: "/" });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    this.#child.on("exit", () => this.#end());
    this.#child.on("error", () => this.#end());
    this.#child.stdin?.on("error", () => this.#end());
  }

  ask<T>(request: object): Promise<T> {
    if (this.#ended) return Promise.reject(new Error(ENDED));
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as T), reject });
      this.#child.stdin?.write(`${JSON.stringify({ ...request, id })}\n`);
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.kill("SIGKILL");
    await gone;
  }

  #read(text: string): void {
    this.#buffer += text;
    for (let end = this.#buffer.indexOf("\n"); end >= 0; end = this.#buffer.indexOf("\n")) {
      const answer = JSON.parse(this.#buffer.slice(0, end)) as Answer;
      this.#buffer = this.#buffer.slice(end + 1);
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.error === undefined) waiting?.resolve(answer.result);
      else waiting?.reject(new Error(answer.error));
    }
  }

  #end(): void {
    this.#ended = true;
    for (const { reject } of this.#waiting.values()) reject(new Error(ENDED));
    this.#waiting.clear();
  }
}

/** The child's side: answers each line with what `handle` returns. Ends with its standard input. */
export function serve(handle: (request: Record<string, unknown>) => Promise<unknown>): void {
  let buffer = "";
  process.stdin.setEncoding("utf8").on("data", (text: string) => {
    buffer += text;
    for (let end = buffer.indexOf("\n"); end >= 0; end = buffer.indexOf("\n")) {
      const request = JSON.parse(buffer.slice(0, end)) as Record<string, unknown>;
      buffer = buffer.slice(end + 1);
      const id = request.id;
      handle(request).then(
        (result) => answer({ id, result }),
        (error: unknown) => answer({ id, error: String(error) }),
      );
    }
  });
  process.stdin.on("end", () => process.exit(0));
}

function answer(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
