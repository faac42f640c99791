/** Which server a director chooses for each of a range of source ports. */

import { connect } from "node:net";
import { PATIENCE_MS, type Peer } from "./peer.ts";
import { withoutGreeting } from "./requests.ts";

/** Connections at once. */
const PARALLEL = 40;

/** @returns who answered at each port in turn; an error's code where nobody did */
export async function choices(peer: Peer, first: number, count: number): Promise<string[]> {
  const servers: string[] = new Array(count).fill("");
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      servers[at] = await ask(peer, first + at).catch((error: Error) => error.message);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return servers;
}

/** Ends by a reset: the director forgets it in 10 s (net/netfilter/ipvs/ip_vs_proto_tcp.c), and the port is free at once. */
function ask({ address, port, from }: Peer, localPort: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const local = from === undefined ? {} : { localAddress: from };
    const socket = connect({ host: address, port, localPort, ...local });
    socket.setTimeout(PATIENCE_MS, () => fail("ETIMEDOUT"));
    socket.on("connect", () => socket.write("who\n"));
    socket.on("data", (data) => {
      const server = withoutGreeting(data.toString("latin1"));
      if (server === "") return;
      resolve(server);
      socket.resetAndDestroy();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.on("close", () => fail("CLOSED"));

    function fail(code: string): void {
      reject(new Error(code));
      socket.destroy();
    }
  });
}
