/** One TCP connection that keeps exchanging lines: it must survive whatever is done to the cluster. */

import { connect, type Socket } from "node:net";
import { PATIENCE_MS, type Peer } from "./peer.ts";
import { withoutGreeting } from "./requests.ts";

export interface LongReport {
  readonly server: string;
  readonly exchanges: number;
  /** Code of the error that ended it, or empty while it lives. */
  readonly error: string;
}

/** Seldom: what breaks a connection shows at its next exchange, and each takes time from the scripts. */
const EXCHANGE_PAUSE_MS = 100;

interface Exchanging extends Peer {
  /** Milliseconds between exchanges. */
  readonly pauseMs?: number;
}

export class LongConnection {
  readonly #socket: Socket;
  readonly #patienceMs: number;
  readonly #pauseMs: number;
  server = "";
  #exchanges = 0;
  #error = "";
  #closed = false;

  private constructor(socket: Socket, patienceMs: number, pauseMs: number) {
    this.#socket = socket;
    this.#pauseMs = pauseMs;
    this.#patienceMs = patienceMs;
    socket.setNoDelay(true);
    socket.setTimeout(patienceMs, () => socket.destroy(new Error("ETIMEDOUT")));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      this.#error ||= error.code ?? error.message;
    });
    socket.on("close", () => {
      if (!this.#closed) this.#error ||= "CLOSED";
    });
    socket.on("data", (data) => {
      const line = withoutGreeting(data.toString("latin1"));
      if (line === "") return;
      this.server ||= line;
      this.#exchanges += 1;
      setTimeout(() => socket.write("ping\n"), pauseMs);
    });
  }

  static async open(to: Exchanging): Promise<LongConnection> {
    const { patienceMs = PATIENCE_MS, pauseMs = EXCHANGE_PAUSE_MS, ...peer } = to;
    const socket = connect({ host: peer.address, port: peer.port });
    const connection = new LongConnection(socket, patienceMs, pauseMs);
    await new Promise<void>((resolve, reject) => {
      socket.once("data", () => resolve());
      socket.once("close", () => reject(new Error(connection.#error || "CLOSED")));
      socket.write("ping\n");
    });
    return connection;
  }

  report(): LongReport {
    return { server: this.server, exchanges: this.#exchanges, error: this.#error };
  }

  /** Whether it lives: an exchange that begins after now has an end. */
  async answered(): Promise<LongReport> {
    const before = this.#exchanges;
    const deadline = Date.now() + this.#patienceMs;
    while (this.#error === "" && this.#exchanges < before + 2 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, this.#pauseMs));
    }
    if (this.#exchanges < before + 2) this.#error ||= "ETIMEDOUT";
    return this.report();
  }

  /** Closes; the last exchange must be done after the last disturbance, so it waits for one more answer. */
  async close(): Promise<LongReport> {
    const report = await this.answered();
    this.end();
    return report;
  }

  end(): void {
    this.#closed = true;
    this.#socket.destroy();
  }
}
