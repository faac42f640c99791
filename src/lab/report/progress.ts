/** One line at the bottom of a terminal that says what the lab is doing. */

import type { LabEvent } from "../events.ts";

const CLEAR_LINE = "\r\u001B[2K";

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #enabled: boolean;
  readonly #start = Date.now();

  constructor(stream: NodeJS.WriteStream, enabled: boolean) {
    this.#stream = stream;
    this.#enabled = enabled && stream.isTTY === true;
    this.#show("starting a kernel");
  }

  note(event: LabEvent): void {
    if (event.type === "progress") this.#show(`${event.scenario}: ${event.text}`);
    if (event.type === "scenario" && event.state === "begin") this.#show(event.scenario);
  }

  /** Makes room for a line of the report. */
  clear(): void {
    if (this.#enabled) this.#stream.write(CLEAR_LINE);
  }

  #show(text: string): void {
    if (!this.#enabled) return;
    const seconds = Math.round((Date.now() - this.#start) / 1000);
    // What a test command holds may be many lines; the terminal has one.
    const line = `${String(seconds).padStart(3)} s  ${text}`.replace(/\p{Cc}/gu, " ");
    this.#stream.write(CLEAR_LINE + line.slice(0, Math.max(20, this.#stream.columns - 1)));
  }
}
