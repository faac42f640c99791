/** SCTP of clients. Node has none: socat has. */

import { spawn } from "node:child_process";
import { bracketed, endpoint } from "../../base/endpoint.ts";
import { PATIENCE_MS, type Peer } from "./peer.ts";

interface Association {
  readonly server: string;
  readonly end: () => Promise<void>;
}

/** An association, open since its server has said its name. @throws Error with a code as message */
export function openSctp({ address, port, from, patienceMs = PATIENCE_MS }: Peer): Promise<Association> {
  const bind = from === undefined ? "" : `,bind=${bracketed(from)}`;
  const peer = `SCTP${address.includes(":") ? 6 : 4}-CONNECT:${endpoint(address, port)}`;
  const args = ["KILL", "socat", "-t", "0", `${peer}${bind}`, "-"];
  const child = spawn("setpriv", ["--pdeathsig", ...args], { stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  child.stdin.on("error", () => {});
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail("ETIMEDOUT"), patienceMs);
    child.stdout.setEncoding("utf8").once("data", (text: string) => {
      clearTimeout(timer);
      // socat closes the association at the end of its input.
      const end = (): Promise<void> => {
        child.stdin.end();
        return ended;
      };
      resolve({ server: text.trim(), end });
    });
    child.once("error", (error) => fail(error.message));
    child.once("exit", () => fail("EMPTY"));

    function fail(code: string): void {
      clearTimeout(timer);
      reject(new Error(code));
      child.kill();
    }
  });
}

/** Name of the server that answered. */
export async function requestSctp(peer: Peer): Promise<string> {
  const { server, end } = await openSctp(peer);
  await end();
  return server;
}
