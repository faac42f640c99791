/** Single exchanges with a virtual service, each on a connection of its own. */

import { createSocket } from "node:dgram";
import { connect } from "node:net";

export interface Target {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

/** Milliseconds after which a silent service counts as an error. */
const PATIENCE_MS = 5000;

/** Name of the server that answered. @throws Error with the socket's error code as message */
export function request(target: Target): Promise<string> {
  return target.protocol === "udp" ? requestUdp(target) : requestHttp(target);
}

function requestHttp({ address, port }: Target): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port });
    let text = "";
    socket.setTimeout(PATIENCE_MS, () => fail("ETIMEDOUT"));
    socket.on("connect", () => socket.write("GET / HTTP/1.0\r\n\r\n"));
    socket.on("data", (data) => {
      text += data.toString("latin1");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.on("close", () => {
      const body = text.split("\r\n\r\n")[1]?.trim();
      if (body) resolve(body);
      else reject(new Error("EMPTY"));
    });

    function fail(code: string): void {
      reject(new Error(code));
      socket.destroy();
    }
  });
}

function requestUdp({ address, port }: Target): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    const timer = setTimeout(() => finish(() => reject(new Error("ETIMEDOUT"))), PATIENCE_MS);
    socket.on("message", (data) => finish(() => resolve(data.toString("latin1").trim())));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      finish(() => reject(new Error(error.code ?? error.message))),
    );
    socket.send("GET\n", port, address);

    function finish(settle: () => void): void {
      clearTimeout(timer);
      socket.close();
      settle();
    }
  });
}
