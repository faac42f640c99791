/** One request to a VIP, like an ordinary client's. */

import { connect } from "node:net";
import { bracketed } from "../base/endpoint.ts";

export interface Reply {
  /** The answer; empty for a server that expects another protocol than HTTP. */
  readonly text: string;
  /** Why there is no connection; null: there is one. */
  readonly error: string | null;
}

/** Characters that are enough to find the server's name. */
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
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ETIMEDOUT: "no answer",
  ECONNRESET: "reset",
};
