/** One line of progress at the bottom of a terminal; nothing without a terminal. */

import { printable } from "./printable.ts";

const CLEAR_LINE = "\r\u001B[2K";

export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** @param words may be of many lines, of others' texts: the terminal has one */
  show(words: string): void {
    if (!this.#stream.isTTY) return;
    const line = printable(words, () => " ").slice(0, Math.max(20, this.#stream.columns - 1));
    this.#stream.write(CLEAR_LINE + line);
  }

  /** Makes room for other lines. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write(CLEAR_LINE);
  }
}
