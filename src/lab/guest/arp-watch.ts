/**
 * Who claims a VIP on the wire. Sees every ARP packet of a client's segment: replies, and also requests, whose
 * sender address updates neighbours' caches just as well (RFC 826).
 */

import { type ChildProcess, spawn } from "node:child_process";
import type { Namespace } from "./namespace.ts";

export interface ArpClaim {
  /** Address claimed. */
  readonly address: string;
  readonly mac: string;
  readonly kind: "reply" | "request" | "advertisement";
}

/** ARP, and ICMPv6's neighbour solicitations and advertisements (RFC 4861). */
const FILTER = "arp or (icmp6 and (ip6[40] == 135 or ip6[40] == 136))";

export class ArpWatch {
  #claims: ArpClaim[] = [];
  /** Addresses that somebody asked for. */
  readonly asked = new Map<string, number>();
  readonly #child: ChildProcess;
  #buffer = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
  }

  /** Resolves when tcpdump listens. @throws Error when it cannot */
  static async start(client: Namespace): Promise<ArpWatch> {
    const device = client.host.interfaces[0]?.name ?? "eth0";
    const args = ["-l", "-n", "-e", "-Z", "root", "--immediate-mode", "-i", device, FILTER];
    const child = spawn("nsenter", [`--net=/proc/${client.agent.pid}/ns/net`, "--", "tcpdump", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const watch = new ArpWatch(child);
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (said.includes("listening on")) resolve();
      });
      child.once("error", reject);
      child.once("exit", () => reject(new Error(`tcpdump ended: ${said.trim()}`)));
    });
    return watch;
  }

  /** What was claimed since the last time. */
  takeClaims(): ArpClaim[] {
    const claims = this.#claims;
    this.#claims = [];
    return claims;
  }

  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.kill("SIGTERM");
    await gone;
  }

  #read(text: string): void {
    this.#buffer += text;
    const lines = this.#buffer.split("\n");
    this.#buffer = lines.pop() ?? "";
    for (const line of lines) this.#note(line);
  }

  #note(line: string): void {
    const source = /^\S+ ([0-9a-f:]{17}) >/.exec(line)?.[1] ?? "";
    const reply = /Reply (\S+) is-at ([0-9a-f:]{17})/.exec(line);
    const request = /Request who-has (\S+)(?: \([^)]*\))? tell ([0-9.]+)/.exec(line);
    const advertisement = /tgt is ([0-9a-f:]+)/.exec(line);
    if (reply?.[1] && reply[2]) this.#claims.push({ address: reply[1], mac: reply[2], kind: "reply" });
    if (request?.[1] && request[2]) {
      this.asked.set(request[1], (this.asked.get(request[1]) ?? 0) + 1);
      this.#claims.push({ address: request[2], mac: source, kind: "request" });
    }
    const solicitation = /who has ([0-9a-f:]+)/.exec(line)?.[1];
    if (solicitation) this.asked.set(solicitation, (this.asked.get(solicitation) ?? 0) + 1);
    if (advertisement?.[1])
      this.#claims.push({ address: advertisement[1], mac: source, kind: "advertisement" });
  }
}
