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

/** Entry of the child process; asked for `ports` once, answers when all of them listen. */
export function runResponder(name: string): void {
  serve(async (request) => {
    await Promise.all((request.ports as LabPort[]).map((port) => listen(name, port)));
    return "listening";
  });
}

const LISTENERS: Readonly<Record<Protocol, (name: string, port: number) => Promise<void>>> = {
  tcp: listenTcp,
  udp: listenUdp,
  sctp: listenSctp,
};

function listen(name: string, { protocol, port }: LabPort): Promise<void> {
  return LISTENERS[protocol](name, port);
}

function listenTcp(name: string, port: number): Promise<void> {
  const server: Server = createServer((socket) => answerStream(name, socket));
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen({ port, host: "::", backlog: 511 }, () => resolve());
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

function listenUdp(name: string, port: number): Promise<void> {
  const socket = createSocket({ type: "udp6", reuseAddr: true });
  socket.on("message", (_, from) => socket.send(`${name}\n`, from.port, from.address));
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.bind({ port, address: "::" }, () => resolve());
  });
}

/** Node has no SCTP: socat has. The socket that took an association says the name and ends. */
function listenSctp(name: string, port: number): Promise<void> {
  const args = [
    "KILL",
    "socat",
    "-d",
    "-d",
    "-U",
    `SCTP6-LISTEN:${port},fork,reuseaddr,ipv6only=0`,
    `EXEC:echo ${name}`,
  ];
  const child = spawn("setpriv", ["--pdeathsig", ...args], { stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("listening on")) resolve();
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`socat ended: ${said.trim()}`)));
  });
}
