/** One line at the bottom of a terminal that says how far the work on the hosts is; nothing where there is no terminal. */

const CLEAR_LINE = "\r\u001B[2K";

export class HostProgress {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(words: string): void {
    if (!this.#stream.isTTY) return;
    const line = words.replace(/\p{Cc}/gu, " ").slice(0, Math.max(20, this.#stream.columns - 1));
    this.#stream.write(CLEAR_LINE + line);
  }

  /** Makes room for other lines. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write(CLEAR_LINE);
  }
}
