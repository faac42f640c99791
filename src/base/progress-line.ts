/** One line at the bottom of a terminal that shows the progress; nothing if there is no terminal. */

import { printable } from "./printable.ts";

const CLEAR_LINE = "\r\u001B[2K";

export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** @param words may have several lines, also from others' texts: they become one */
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
