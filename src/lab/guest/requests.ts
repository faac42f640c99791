/** Single exchanges with a virtual service, each on a connection of its own. */

import { createSocket, type Socket } from "node:dgram";
import { connect } from "node:net";
import { PATIENCE_MS, type Peer } from "./peer.ts";
import { requestSctp } from "./sctp.ts";

/** Name of the server that answered. @throws Error with the socket's error code as message */
export type Exchange = (peer: Peer) => Promise<string>;

/** What a client of the lab asks for: without a head, which no other client leaves out. */
export const LAB_REQUEST = "GET / HTTP/1.0\r\n\r\n";

/** A first line without a mail server's greeting, which comes first where a check wants one. */
export function withoutGreeting(text: string): string {
  return text.replace(/^220 .*\r\n/, "").trim();
}

const EXCHANGES: Readonly<Record<string, Exchange>> = {
  tcp: requestHttp,
  udp: requestUdp,
  sctp: requestSctp,
};

export const request: Exchange = (peer) => (EXCHANGES[peer.protocol] ?? requestHttp)(peer);

function requestHttp({ address, port, from, patienceMs = PATIENCE_MS }: Peer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, ...(from === undefined ? {} : { localAddress: from }) });
    let text = "";
    socket.setTimeout(patienceMs, () => fail("ETIMEDOUT"));
    socket.on("connect", () => socket.write(LAB_REQUEST));
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

async function requestUdp(peer: Peer): Promise<string> {
  return onOneSocket((exchange) => exchange(peer));
}

/** Datagrams of one socket are one connection to the director, unless the service is one-packet. Each sender has its own. */
export async function onOneSocket<T>(use: (exchange: Exchange) => Promise<T>): Promise<T> {
  const sockets = new Map<string, Socket>();
  try {
    return await use(async (peer) => {
      const isIpv6 = peer.address.includes(":");
      const sender = `${isIpv6 ? 6 : 4} ${peer.from ?? ""}`;
      const socket = sockets.get(sender) ?? (await bound(isIpv6, peer.from));
      sockets.set(sender, socket);
      return exchangeDatagram(socket, peer);
    });
  } finally {
    for (const socket of sockets.values()) socket.close();
  }
}

/** Ports of all sockets so far, as many as leave the kernel's range room. */
const spentPorts = new Set<number>();
const REMEMBERED_PORTS = 10_000;

/**
 * A socket on a port that none had before: to a director a second socket on a port is still the first one's connection,
 * and goes where that went.
 */
async function bound(isIpv6: boolean, from: string | undefined): Promise<Socket> {
  if (spentPorts.size >= REMEMBERED_PORTS) spentPorts.clear();
  const refused: Socket[] = [];
  try {
    for (;;) {
      const socket = await boundAnywhere(isIpv6, from);
      const { port } = socket.address();
      if (!spentPorts.has(port)) {
        spentPorts.add(port);
        return socket;
      }
      // Held until another is found: the kernel cannot offer the same port again.
      refused.push(socket);
    }
  } finally {
    for (const socket of refused) socket.close();
  }
}

function boundAnywhere(isIpv6: boolean, from: string | undefined): Promise<Socket> {
  const socket = createSocket(isIpv6 ? "udp6" : "udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", (error: NodeJS.ErrnoException) => reject(new Error(error.code ?? error.message)));
    socket.bind(0, from, () => resolve(socket));
  });
}

function exchangeDatagram(socket: Socket, peer: Peer): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => finish(() => reject(new Error("ETIMEDOUT"))),
      peer.patienceMs ?? PATIENCE_MS,
    );
    socket.removeAllListeners("error").removeAllListeners("message");
    socket.on("message", (data) => finish(() => resolve(data.toString("latin1").trim())));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      finish(() => reject(new Error(error.code ?? error.message))),
    );
    socket.send(messageFor(peer), peer.port, peer.address);

    function finish(settle: () => void): void {
      clearTimeout(timer);
      settle();
    }
  });
}

/** What ip_vs_pe_sip looks for is the Call-ID (RFC 3261, 20.8). */
function messageFor({ callId, address }: Peer): string {
  if (callId === undefined) return "GET\n";
  const head = ["OPTIONS sip:lab SIP/2.0", `Via: SIP/2.0/UDP ${address}`, "From: <sip:a@lab>;tag=1"];
  return [...head, "To: <sip:b@lab>", `Call-ID: ${callId}`, "CSeq: 1 OPTIONS", "", ""].join("\r\n");
}
