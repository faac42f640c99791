/** One line of progress at the bottom of a terminal; nothing without a terminal. */

import { printable } from "./printable.ts";

const CLEAR_LINE = "\r\u001B[2K";

export class ProgressLine {
  readonly #stream: NodeJS.WriteStream | null;

  /** @param stream null where there is no terminal */
  constructor(stream: NodeJS.WriteStream | null) {
    this.#stream = stream;
  }

  /** @param words may have several lines, also from others' texts: they become one */
  show(words: string): void {
    if (this.#stream === null) return;
    // A terminal that does not know its width says 0.
    const width = this.#stream.columns || 80;
    const line = printable(words, () => " ").slice(0, Math.max(20, width - 1));
    this.#stream.write(CLEAR_LINE + line);
  }

  /** Makes room for other lines. */
  clear(): void {
    this.#stream?.write(CLEAR_LINE);
  }
}
