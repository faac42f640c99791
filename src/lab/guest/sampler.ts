/** New connections all the time, some at once: how many fail while something happens, and for how long. */

import type { Peer } from "./peer.ts";
import { request } from "./requests.ts";

/** At once: one that waits for a director that is gone leaves the others. */
const LOOPS = 6;
/** Milliseconds that a request may take: one packet may be lost, which is sent again after a second. */
const TRY_MS = 2000;
const PAUSE_MS = 100;

export interface Sampled {
  /** Since it was marked. */
  readonly answered: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Seconds from the mark to the begin of the last request that failed; 0: none did. */
  readonly until: number;
}

export class Sampler {
  readonly #loops: Promise<void>[];
  #running = true;
  #mark = performance.now();
  #answered = 0;
  #errors: Record<string, number> = {};
  #until = 0;

  constructor(peer: Peer) {
    this.#loops = Array.from({ length: LOOPS }, () => this.#loop({ ...peer, patienceMs: TRY_MS }));
  }

  /** What is measured begins now. */
  mark(): void {
    this.#mark = performance.now();
    this.#answered = 0;
    this.#errors = {};
    this.#until = 0;
  }

  get sampled(): Sampled {
    return { answered: this.#answered, errors: this.#errors, until: this.#until };
  }

  async stop(): Promise<Sampled> {
    this.#running = false;
    await Promise.all(this.#loops);
    return this.sampled;
  }

  async #loop(peer: Peer): Promise<void> {
    while (this.#running) {
      const begin = performance.now();
      try {
        await request(peer);
        this.#answered += 1;
      } catch (error) {
        this.#note(begin, error instanceof Error ? error.message : String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  #note(begin: number, code: string): void {
    if (begin < this.#mark) return;
    this.#errors[code] = (this.#errors[code] ?? 0) + 1;
    this.#until = Math.max(this.#until, (begin - this.#mark) / 1000);
  }
}
