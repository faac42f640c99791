/** A fleet with three web servers behind a VIP, and clients that ask it again and again. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cli } from "../helpers/lvsgen.ts";
import { Fleet } from "./fleet.ts";
import type { Result } from "./kernel.ts";

export const vip = "10.4.0.200";

const topology = (directors: object) => ({
  version: 1,
  name: "drain",
  defaults: { os: "debian-12", ssh: { user: "root" } },
  hosts: {
    lvs1: { interfaces: { eth0: "10.4.0.1/24" } },
    lvs2: { interfaces: { eth0: "10.4.0.2/24" } },
    web1: { interfaces: { eth0: "10.4.0.11/24" } },
    web2: { interfaces: { eth0: "10.4.0.12/24" } },
    web3: { interfaces: { eth0: "10.4.0.13/24" } },
  },
  directors,
  virtualServices: [
    {
      name: "web",
      vip,
      port: 80,
      scheduler: "rr",
      realServers: ["web1", "web2", "web3"],
      ...("connectionSync" in directors
        ? { healthCheck: { type: "http", path: "/up", interval: 1, timeout: 1, retries: 0 } }
        : {}),
    },
  ],
});

const byHand = topology({ hosts: ["lvs1"], engine: "ipvsadm" });
const byKeepalived = topology({
  hosts: ["lvs1", "lvs2"],
  engine: "keepalived",
  connectionSync: { interface: "eth0" },
});

/** Asks the VIP again and again until the file "stop" is there; "held" is on one connection all the time. */
const client = `
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
const [, , kind, end] = process.argv;
const agent = kind === "held" ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
const ask = () => new Promise((resolve, reject) => {
  get({ host: "${vip}", agent, timeout: 10_000 }, (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (part) => { text += part; }).once("end", () => resolve(text.trim()));
  }).once("timeout", function () { this.destroy(new Error("no answer")); }).once("error", reject);
});
const count = {};
while (!existsSync(end)) {
  const name = await ask().catch((error) => \`error: \${error.message}\`);
  count[name] = (count[name] ?? 0) + 1;
  writeFileSync(kind + ".new", JSON.stringify(count));
  renameSync(kind + ".new", kind);
  await wait(kind === "held" ? 500 : 30);
}
agent && agent.destroy();
`;

/** One cluster of the fleet: `topology.json` has one director with ipvsadm, `keepalived.json` two with keepalived. */
export class Balanced {
  readonly fleet: Fleet;
  readonly file: string;
  readonly directors: readonly string[];

  constructor(fleet: Fleet, file: string, directors: readonly string[]) {
    this.fleet = fleet;
    this.file = file;
    this.directors = directors;
  }

  lvsgen(command: string, ...words: string[]): Promise<Result> {
    return this.fleet.run(["node", cli, command, this.file, ...words, "--connect-timeout", "10"]);
  }

  async deploy(): Promise<void> {
    const deployed = await this.lvsgen("deploy");
    expect(deployed, deployed.stdout + deployed.stderr).toMatchObject({ code: 0 });
  }

  /** Answers of a client, by the server's name or the error. */
  counts(kind: string): Record<string, number> {
    return JSON.parse(readFileSync(join(this.fleet.folder, kind), "utf8"));
  }

  /** Polls until a condition in shell holds on a host, up to three minutes: a roll comes to its later hosts then. */
  async until(host: string, condition: string): Promise<void> {
    const { code } = await this.fleet.on(
      host,
      `n=0; until ${condition}; do n=$((n + 1)); [ $n -lt 1500 ] || exit 1; sleep 0.1; done`,
    );
    expect(code, `${host}: ${condition}`).toBe(0);
  }

  /** Until every director has that weight for a server's address. */
  async weight(server: string, value: number): Promise<void> {
    await Promise.all(
      this.directors.map((host) => this.until(host, `ipvsadm -Sn | grep -q '${server}:80 -g -w ${value}$'`)),
    );
  }

  /** A stream of requests, begun. @returns ends it */
  async stream(): Promise<() => Promise<Result>> {
    await this.fleet.shell("rm -f stop stream");
    const running = this.fleet.run(["node", "client.mjs", "stream", "stop"]);
    await this.fleet.shell("until [ -s stream ] && [ $(wc -c <stream) -gt 29 ]; do sleep 0.1; done");
    return async () => {
      await this.fleet.shell("touch stop");
      return running;
    };
  }
}

/** The caller ends the fleet. */
export async function bootBalanced(): Promise<Fleet> {
  const fleet = await Fleet.boot(byHand);
  fleet.write("keepalived.json", JSON.stringify(byKeepalived));
  fleet.write("client.mjs", client);
  for (const host of ["web1", "web2", "web3"]) {
    await fleet.on(
      host,
      `echo ${host} >/var/www/html/index.html; echo up >/var/www/html/up; systemctl start nginx`,
    );
  }
  return fleet;
}
