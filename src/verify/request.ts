/** One request to a VIP, as a client that knows nothing of the cluster makes it. */

import { connect } from "node:net";
import { bracketed } from "../base/endpoint.ts";

export interface Reply {
  /** What was said; empty for a server that waits for the client to begin in another protocol than HTTP. */
  readonly text: string;
  /** Why there is no connection; null: there is one. */
  readonly error: string | null;
}

/** A page beyond this says no more about who sends it. */
const ENOUGH = 65_536;

/**
 * Connects and asks for `/` in HTTP. A server that speaks something else counts by its connection alone.
 *
 * @param timeout seconds for the connection, and again for the answer
 */
export function request(address: string, port: number, timeout: number): Promise<Reply> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    let text = "";
    let isConnected = false;
    const end = (error: string | null): void => {
      socket.destroy();
      resolve({ text, error: isConnected ? null : error });
    };
    socket.setTimeout(timeout * 1000, () => end("no answer"));
    socket.setEncoding("latin1");
    socket.once("connect", () => {
      isConnected = true;
      socket.write(
        `GET / HTTP/1.0\r\nHost: ${bracketed(address)}\r\nUser-Agent: lvsgen\r\nConnection: close\r\n\r\n`,
      );
    });
    socket.on("data", (more: string) => {
      text += more;
      if (text.length > ENOUGH) end(null);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => end(reasons[error.code ?? ""] ?? error.message));
    socket.once("close", () => end("closed"));
  });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "no such host on the network",
  ENETUNREACH: "no way to its network",
  ETIMEDOUT: "no answer",
  ECONNRESET: "reset",
};
