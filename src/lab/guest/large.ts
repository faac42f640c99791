/** Answers that take several full packets: who asks for one learns whether packets of that size come through. */

import { connect } from "node:net";
import { PATIENCE_MS, type Peer } from "./peer.ts";

export const LARGE_REQUEST = "large\n";

/** Bytes. */
const SIZE = 20_000;

export function largeAnswer(name: string): string {
  return `${name}\n`.padEnd(SIZE, ".");
}

/** Name of the server whose answer came whole. @throws Error with the socket's error code as message */
export function requestLarge({ address, port, from, patienceMs = PATIENCE_MS }: Peer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, ...(from === undefined ? {} : { localAddress: from }) });
    let text = "";
    socket.setTimeout(patienceMs, () => fail("ETIMEDOUT"));
    socket.on("connect", () => socket.write(LARGE_REQUEST));
    socket.on("data", (data) => {
      text += data.toString("latin1");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.on("close", () => {
      if (text.length >= SIZE) resolve(text.split("\n")[0] ?? "");
      else reject(new Error(`only ${text.length} bytes`));
    });

    function fail(code: string): void {
      reject(new Error(code));
      socket.destroy();
    }
  });
}
