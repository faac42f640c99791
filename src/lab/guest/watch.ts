/** Asks addresses all the time: how long clients had no answer, and who answers. */

import type { Peer } from "./peer.ts";
import { request } from "./requests.ts";

/** Milliseconds that a request may take: a lost one is not sent again for a second. */
const TRY_MS = 400;
/** Between requests: what is measured is that much too long at most. */
const PAUSE_MS = 200;
/** Of an address that nobody answers at. */
const GIVE_UP_MS = 60_000;

export interface Watched {
  /** The longest time between two answers, in seconds; null: none came any more. */
  readonly silence: number | null;
  /** Who answered last. */
  readonly server: string;
}

/** One address. */
export class Watch {
  readonly #peer: Peer;
  readonly #loop: Promise<void>;
  #running = true;
  #last = performance.now();
  #longest = 0;
  #answers = 0;
  #server = "";

  constructor(peer: Peer) {
    this.#peer = { ...peer, patienceMs: TRY_MS };
    this.#loop = this.#ask();
  }

  /** Ends it, after one more answer. */
  async stop(): Promise<Watched> {
    const answers = this.#answers;
    const deadline = performance.now() + GIVE_UP_MS;
    while (this.#answers === answers && performance.now() < deadline) await pause();
    this.#running = false;
    await this.#loop;
    const silence = this.#answers === answers ? null : this.#longest / 1000;
    return { silence, server: this.#server };
  }

  async #ask(): Promise<void> {
    while (this.#running) {
      const server = await request(this.#peer).catch(() => null);
      if (server !== null) this.#note(server);
      await pause();
    }
  }

  #note(server: string): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
    this.#answers += 1;
    this.#server = server;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
