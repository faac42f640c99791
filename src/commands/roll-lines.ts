/** Lines of several hosts in one log: each begins with its host. */

import { printable } from "../base/printable.ts";

export class HostLines {
  readonly #write: (line: string) => void;
  /** By host, the beginning of a line. */
  readonly #open = new Map<string, string>();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** What lvsgen says of a host. */
  say(host: string, words: string): void {
    this.flush();
    this.#write(`${host}: ${words}`);
  }

  /** A piece of what a host prints: control characters do not reach the terminal. */
  print(host: string, text: string): void {
    const lines = `${this.#open.get(host) ?? ""}${text}`.split(/\r?\n|\r/);
    this.#open.set(host, lines.pop() ?? "");
    for (const line of lines) this.#line(host, line);
  }

  /** Writes unfinished lines. */
  flush(): void {
    for (const [host, line] of this.#open) if (line !== "") this.#line(host, line);
    this.#open.clear();
  }

  #line(host: string, line: string): void {
    this.#write(`${host} | ${printable(line, (character) => (character === "\t" ? " " : "\uFFFD"))}`);
  }
}
