/** Listeners by protocol, on the wildcard address: so they are there before the VIP is. */

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { createServer, type Socket } from "node:net";
import type { Protocol } from "../../../topology/model.ts";
import { answerQuery } from "./dns.ts";
import { answerText, greet, type Speaker } from "./stream.ts";

/** Ends a listener, and what it talks with. */
export type Close = () => void;

export function listen(speaker: Speaker): Promise<Close> {
  return LISTENERS[speaker.port.protocol](speaker);
}

const LISTENERS: Readonly<Record<Protocol, (speaker: Speaker) => Promise<Close>>> = {
  tcp: listenTcp,
  udp: listenUdp,
  sctp: listenSctp,
};

async function listenTcp(speaker: Speaker): Promise<Close> {
  const sockets = new Set<Socket>();
  const secure = await secureServer(speaker);
  const server = createServer((socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)));
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    greet(speaker, socket);
    socket.on("data", function answer(data) {
      if (secure === null || data[0] !== HANDSHAKE)
        return answerText(speaker, socket, data.toString("latin1"));
      if (speaker.fault() === "hanging") return;
      // What was read goes with it.
      socket.off("data", answer).pause();
      socket.unshift(data);
      secure(socket);
    });
  });
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen({ port: speaker.port.port, host: "::", backlog: 511 }, () => resolve(close));
  });
}

/** First byte of a TLS connection (RFC 8446, 5.1): clients that send plain text are answered too. */
const HANDSHAKE = 22;

/** Takes over connections that begin with a handshake, where a check makes such. */
async function secureServer(speaker: Speaker): Promise<((socket: Socket) => void) | null> {
  if (!speaker.port.asked.includes("https")) return null;
  // Loaded where it is needed: a start of Node takes half a second as it is.
  const [{ createServer: createSecureServer }, { selfSigned }] = await Promise.all([
    import("node:tls"),
    import("./certificate.ts"),
  ]);
  const server = createSecureServer(selfSigned(speaker.name), (socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => answerText(speaker, socket, data.toString("latin1")));
  });
  return (socket) => server.emit("connection", socket);
}

function listenUdp(speaker: Speaker): Promise<Close> {
  const { name, port, fault } = speaker;
  const socket = createSocket({ type: "udp6", reuseAddr: true });
  socket.on("message", (data, from) => {
    if (fault() === "hanging") return;
    const answer = port.asked.includes("dns") ? answerQuery(data, fault() === "wrong") : null;
    socket.send(answer ?? `${name}\n`, from.port, from.address);
  });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.bind({ port: port.port, address: "::" }, () => resolve(() => socket.close()));
  });
}

/** Node has no SCTP: socat has. Who takes an association says the name, and ends with it. */
function listenSctp({ name, port: { port } }: Speaker): Promise<Close> {
  const args = [
    "KILL",
    "socat",
    "-d",
    "-d",
    "-t",
    "0",
    `SCTP6-LISTEN:${port},fork,reuseaddr,ipv6only=0`,
    `SYSTEM:echo ${name}; exec cat`,
  ];
  const child = spawn("setpriv", ["--pdeathsig", ...args], { stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("listening on")) resolve(() => child.kill());
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`socat ended: ${said.trim()}`)));
  });
}
