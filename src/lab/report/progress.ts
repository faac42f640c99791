/** One line at the bottom of a terminal that says what the lab is doing. */

import { ProgressLine } from "../../base/progress-line.ts";
import type { LabEvent } from "../events.ts";

export class Progress {
  /** Null where a shell has the terminal. */
  readonly #line: ProgressLine | null;
  readonly #start = Date.now();

  constructor(stream: NodeJS.WriteStream | null, enabled: boolean) {
    this.#line = enabled ? new ProgressLine(stream) : null;
    this.#show("starting a kernel");
  }

  /** @param count scenarios that have ended, of all: `3/12` */
  note(event: LabEvent, count: string): void {
    if (event.type === "progress") this.#show(`${count}  ${event.scenario}: ${event.text}`);
    if (event.type === "scenario" && event.state === "begin") this.#show(`${count}  ${event.scenario}`);
  }

  /** Makes room for a line of the report. */
  clear(): void {
    this.#line?.clear();
  }

  #show(text: string): void {
    const seconds = Math.round((Date.now() - this.#start) / 1000);
    this.#line?.show(`${String(seconds).padStart(3)} s  ${text}`);
  }
}
