/**
 * A real server's service: answers HTTP, lines of TCP and UDP datagrams with the host's name.
 * Listens on the wildcard address, so it is there before the VIP is.
 */

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import type { Protocol } from "../../topology/model.ts";
import type { LabPort } from "../spec.ts";
import { serve } from "./channel.ts";

/** Ends a listener, and what it talks with. */
type Close = () => void;

/** Entry of the child process; asked for `ports`, answers when all of them listen, and no other. */
export function runResponder(name: string): void {
  let closers: Close[] = [];
  serve(async (request) => {
    for (const close of closers) close();
    closers = await Promise.all((request.ports as LabPort[]).map((port) => listen(name, port)));
    return "listening";
  });
}

const LISTENERS: Readonly<Record<Protocol, (name: string, port: number) => Promise<Close>>> = {
  tcp: listenTcp,
  udp: listenUdp,
  sctp: listenSctp,
};

function listen(name: string, { protocol, port }: LabPort): Promise<Close> {
  return LISTENERS[protocol](name, port);
}

function listenTcp(name: string, port: number): Promise<Close> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)));
    answerStream(name, socket);
  });
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen({ port, host: "::", backlog: 511 }, () => resolve(close));
  });
}

function answerStream(name: string, socket: Socket): void {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("data", (data) => {
    if (data.toString("latin1").startsWith("GET ")) {
      const head = `HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${name.length + 1}\r\n\r\n`;
      socket.end(`${head}${name}\n`);
    } else socket.write(`${name}\n`);
  });
}

function listenUdp(name: string, port: number): Promise<Close> {
  const socket = createSocket({ type: "udp6", reuseAddr: true });
  socket.on("message", (_, from) => socket.send(`${name}\n`, from.port, from.address));
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.bind({ port, address: "::" }, () => resolve(() => socket.close()));
  });
}

/** Node has no SCTP: socat has. Who takes an association says the name, and ends with it. */
function listenSctp(name: string, port: number): Promise<Close> {
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
