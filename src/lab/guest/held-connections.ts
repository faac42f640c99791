/** Connections that are open at the same time, each after its server's first line. */

import { connect } from "node:net";
import { PATIENCE_MS, type Peer } from "./peer.ts";
import { withoutGreeting } from "./requests.ts";
import { openSctp } from "./sctp.ts";

/** An open connection. */
interface Held {
  readonly server: string;
  /** Ends it, and resolves when that is on its way to the directors. */
  readonly end: () => Promise<void>;
}

export class HeldConnections {
  readonly #held = new Set<Held>();

  /** Name of the server that it is open to. @throws Error with the socket's error code as message */
  async open(peer: Peer): Promise<string> {
    const held = await (peer.protocol === "sctp" ? openSctp(peer) : openTcp(peer));
    this.#held.add(held);
    return held.server;
  }

  /**
   * Ends those to a server (undefined: all): directors forget them soon.
   *
   * @returns how many
   */
  async release(server: string | undefined): Promise<number> {
    const ending = [...this.#held].filter((held) => server === undefined || held.server === server);
    for (const held of ending) this.#held.delete(held);
    await Promise.all(ending.map((held) => held.end()));
    return ending.length;
  }
}

/** Ends by a reset. */
function openTcp({ address, port, from }: Peer): Promise<Held> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, ...(from === undefined ? {} : { localAddress: from }) });
    const closed = new Promise<void>((done) => socket.once("close", () => done()));
    socket.setTimeout(PATIENCE_MS, () => fail("ETIMEDOUT"));
    socket.on("connect", () => socket.write("hold\n"));
    socket.on("data", (data) => {
      const server = withoutGreeting(data.toString("latin1"));
      if (server === "") return;
      socket.setTimeout(0);
      resolve({
        server,
        end: () => {
          socket.resetAndDestroy();
          return closed;
        },
      });
    });
    socket.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.on("close", () => fail("CLOSED"));

    function fail(code: string): void {
      reject(new Error(code));
      socket.destroy();
    }
  });
}
