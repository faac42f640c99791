/**
 * `lvsgen drain` and `undrain` on booted hosts, under a stream of requests: with ipvsadm (before a release), then with
 * keepalived, a failover and a check that flaps. No request fails, and the drained server answers none.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Reports } from "../../src/commands/reports.ts";
import { cli } from "../helpers/lvsgen.ts";
import { isRelease } from "../helpers/release.ts";
import { expectReport } from "../helpers/report.ts";
import { type Fleet, withFleet } from "./fleet.ts";

const vip = "10.4.0.200";

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

test.skipIf(process.getuid?.() !== 0)("a drain under requests", { timeout: 900_000 }, async () => {
  await withFleet(byHand, async (fleet) => {
    fleet.write("keepalived.json", JSON.stringify(byKeepalived));
    fleet.write("client.mjs", client);
    for (const host of ["web1", "web2", "web3"]) {
      await fleet.on(
        host,
        `echo ${host} >/var/www/html/index.html; echo up >/var/www/html/up; systemctl start nginx`,
      );
    }
    if (isRelease) await drained(fleet, "topology.json", ["lvs1"]);
    await drained(fleet, "keepalived.json", ["lvs1", "lvs2"]);
  });
});

async function drained(fleet: Fleet, file: string, directors: readonly string[]): Promise<void> {
  const lvsgen = (command: string, ...words: string[]) =>
    fleet.run(["node", cli, command, file, ...words, "--connect-timeout", "10"]);
  const deployed = await lvsgen("deploy");
  expect(deployed, deployed.stdout + deployed.stderr).toMatchObject({ code: 0 });
  const counts = (kind: string): Record<string, number> =>
    JSON.parse(readFileSync(join(fleet.folder, kind), "utf8"));
  const until = async (host: string, condition: string): Promise<void> => {
    const { code } = await fleet.on(
      host,
      `n=0; until ${condition}; do n=$((n + 1)); [ $n -lt 300 ] || exit 1; sleep 0.1; done`,
    );
    expect(code, `${host}: ${condition}`).toBe(0);
  };
  const weight = (server: string, value: number) =>
    Promise.all(directors.map((host) => until(host, `ipvsadm -Sn | grep -q '${server}:80 -g -w ${value}$'`)));

  await fleet.shell("rm -f stop let-go held stream seen");
  await weight("10.4.0.1[123]", 1);
  const held = fleet.run(["node", "client.mjs", "held", "let-go"]);
  const stream = fleet.run(["node", "client.mjs", "stream", "stop"]);
  await fleet.shell("until [ -s held ] && [ $(wc -c <stream) -gt 29 ]; do sleep 0.1; done");
  const server = Object.keys(counts("held"))[0] ?? "";
  const address = `10.4.0.1${server.slice(3)}`;

  const draining = lvsgen("drain", server, "--wait", "300", "--format", "json");
  let isHeld = true;
  const ended = draining.then(({ stdout, stderr }) => {
    if (isHeld) throw new Error(`the drain ended before the connection: ${stdout}${stderr}`);
  });
  await Promise.race([weight(address, 0), ended]);
  const before = counts("stream");
  if (directors.length > 1) {
    // The master gives up, and its connections go on through the other one.
    await fleet.on("lvs1", "systemctl stop keepalived");
    await until("lvs2", `ip -o addr | grep -q ${vip}/`);
    await fleet.shell(
      "sed 's/.*://' held >seen; until ! sed 's/.*://' held | cmp -s - seen; do sleep 0.1; done",
    );
    await fleet.on("lvs1", "lvs_dr.sh start");
    await weight(address, 0);
  }
  isHeld = false;
  await fleet.shell("touch let-go");
  const report = await draining;
  expect(report).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`${server} has no connections left`),
  });
  expect(expectReport("drain", report.stdout) as Reports["drain"]).toMatchObject({
    finished: true,
    directors: directors.map((host) => ({ host, outcome: "drained" })),
  });
  await held;
  expect(Object.keys(counts("held"))).toEqual([server]);

  if (directors.length > 1) {
    const gone = (host: string) => until(host, `! ipvsadm -Sn | grep -q '${address}:80'`);
    await fleet.on(server, "mv /var/www/html/up /var/www/html/down");
    await Promise.all(directors.map(gone));
    await fleet.on(server, "mv /var/www/html/down /var/www/html/up");
    await weight(address, 0);
  }
  for (const host of directors) {
    expect((await fleet.on(host, "lvs_dr.sh reload")).stdout).toContain("nothing changed");
    const check = await fleet.on(host, "lvs_dr.sh check");
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining(`note: drained: ${server}: `) });
  }
  const status = await lvsgen("status");
  expect(status).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${server} drained, weight 0, 0 active`),
  });
  const again = await lvsgen("drain", server);
  expect(again.stdout).toBe(directors.map((host) => `${host}  already drained\n`).join(""));
  const kept = await lvsgen("deploy");
  expect(kept).toMatchObject({ code: 0, stderr: expect.stringContaining(`lvs1 keeps ${server} drained`) });
  await weight(address, 0);

  const during = counts("stream");
  // One was under way.
  expect((during[server] ?? 0) - (before[server] ?? 0)).toBeLessThanOrEqual(1);
  expect(await lvsgen("undrain", server)).toMatchObject({ code: 0 });
  await weight(address, 1);
  await fleet.shell(
    `until [ "$(sed 's/.*"${server}":\\([0-9]*\\).*/\\1/' stream)" -gt ${(during[server] ?? 0) + 2} ]; do sleep 0.1; done`,
  );
  await fleet.shell("touch stop");
  await stream;
  expect(Object.keys(counts("stream")).toSorted()).toEqual(["web1", "web2", "web3"]);
}
