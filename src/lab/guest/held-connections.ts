/** TCP connections that are open at the same time, each after its server's first line. */

import { connect, type Socket } from "node:net";
import { PATIENCE_MS, type Peer, withoutGreeting } from "./requests.ts";

export class HeldConnections {
  /** With the name of the server. */
  readonly #sockets = new Map<Socket, string>();

  /** Name of the server that it is open to. @throws Error with the socket's error code as message */
  open({ address, port, from }: Peer): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address, port, ...(from === undefined ? {} : { localAddress: from }) });
      socket.setTimeout(PATIENCE_MS, () => fail("ETIMEDOUT"));
      socket.on("connect", () => socket.write("hold\n"));
      socket.on("data", (data) => {
        const server = withoutGreeting(data.toString("latin1"));
        if (server === "") return;
        socket.setTimeout(0);
        this.#sockets.set(socket, server);
        resolve(server);
      });
      socket.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      socket.on("close", () => fail("CLOSED"));

      const fail = (code: string): void => {
        reject(new Error(code));
        this.#sockets.delete(socket);
        socket.destroy();
      };
    });
  }

  /**
   * Closes those to a server (undefined: all) by a reset, and resolves when it was sent: directors forget them soon.
   *
   * @returns how many
   */
  async release(server: string | undefined): Promise<number> {
    const ending = [...this.#sockets].filter(([, name]) => server === undefined || name === server);
    const gone = ending.map(([socket]) => new Promise((resolve) => socket.once("close", resolve)));
    for (const [socket] of ending) socket.resetAndDestroy();
    await Promise.all(gone);
    return ending.length;
  }
}
