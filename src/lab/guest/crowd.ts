/** Many connections that go on while something happens to a cluster. */

import { LongConnection, type LongReport } from "./long-connection.ts";
import type { Peer } from "./peer.ts";

/** Milliseconds between a connection's exchanges: all together leave a slow machine time for other things. */
const PAUSE_MS = 1000;
/** Packets that were lost for long are sent again after as long. */
const PATIENCE_MS = 60_000;

export class Crowd {
  #connections: LongConnection[] = [];

  /** Opens so many, one after the other: whoever hashes ports sees different ones. */
  async open(peer: Peer, count: number): Promise<void> {
    for (let opened = 0; opened < count; opened++)
      this.#connections.push(
        await LongConnection.open({ ...peer, patienceMs: PATIENCE_MS, pauseMs: PAUSE_MS }),
      );
  }

  report(): LongReport[] {
    return this.#connections.map((connection) => connection.report());
  }

  /** Whether each has still an answer now. */
  async ask(): Promise<LongReport[]> {
    return Promise.all(this.#connections.map((connection) => connection.answered()));
  }

  /** Closes all. */
  close(): void {
    for (const connection of this.#connections) connection.end();
    this.#connections = [];
  }
}
