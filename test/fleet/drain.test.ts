/**
 * `lvsgen drain` and `undrain` on booted hosts, under a stream of requests: with ipvsadm, then with keepalived, a failover
 * and a check that flaps. No request fails, and the drained server answers none. At the end a roll of one server and of
 * the director with the VIP: test/fleet/roll.test.ts has more of these. deploy.test.ts represents it in CI.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Reports } from "../../src/commands/reports.ts";
import { cli } from "../helpers/lvsgen.ts";
import { expectReport } from "../helpers/report.ts";
import { Balanced, bootBalanced, vip } from "./balanced.ts";

test.skipIf(process.getuid?.() !== 0)("a drain under requests", { timeout: 1_800_000 }, async () => {
  const fleet = await bootBalanced();
  try {
    await drained(new Balanced(fleet, "topology.json", ["lvs1"]));
    await drained(new Balanced(fleet, "keepalived.json", ["lvs1", "lvs2"]));
  } finally {
    await fleet.end();
  }
});

async function drained(cluster: Balanced): Promise<void> {
  const { fleet, directors } = cluster;
  await cluster.deploy();
  await fleet.shell("rm -f let-go held seen");
  await cluster.weight("10.4.0.1[123]", 1);
  const held = fleet.run(["node", "client.mjs", "held", "let-go"]);
  await fleet.shell("until [ -s held ]; do sleep 0.1; done");
  const endStream = await cluster.stream();
  const server = Object.keys(cluster.counts("held"))[0] ?? "";
  const address = `10.4.0.1${server.slice(3)}`;

  const draining = cluster.lvsgen("drain", server, "--wait", "300", "--format", "json");
  let isHeld = true;
  const ended = draining.then(({ stdout, stderr }) => {
    if (isHeld) throw new Error(`the drain ended before the connection: ${stdout}${stderr}`);
  });
  await Promise.race([cluster.weight(address, 0), ended]);
  const before = cluster.counts("stream");
  if (directors.length > 1) {
    // The master gives up, and its connections go on through the other one.
    await fleet.on("lvs1", "systemctl stop keepalived");
    await cluster.until("lvs2", `ip -o addr | grep -q ${vip}/`);
    await fleet.shell(
      "sed 's/.*://' held >seen; until ! sed 's/.*://' held | cmp -s - seen; do sleep 0.1; done",
    );
    await fleet.on("lvs1", "lvs_dr.sh start");
    await cluster.weight(address, 0);
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
  expect(Object.keys(cluster.counts("held"))).toEqual([server]);

  if (directors.length > 1) {
    const gone = (host: string) => cluster.until(host, `! ipvsadm -Sn | grep -q '${address}:80'`);
    await fleet.on(server, "mv /var/www/html/up /var/www/html/down");
    await Promise.all(directors.map(gone));
    await fleet.on(server, "mv /var/www/html/down /var/www/html/up");
    await cluster.weight(address, 0);
  }
  for (const host of directors) {
    expect((await fleet.on(host, "lvs_dr.sh reload")).stdout).toContain("nothing changed");
    const check = await fleet.on(host, "lvs_dr.sh check");
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining(`note: drained: ${server}: `) });
  }
  const status = await cluster.lvsgen("status");
  expect(status).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${server} drained, weight 0, 0 active`),
  });
  const again = await cluster.lvsgen("drain", server);
  expect(again.stdout).toBe(directors.map((host) => `${host}  already drained\n`).join(""));
  const kept = await cluster.lvsgen("deploy");
  expect(kept).toMatchObject({ code: 0, stderr: expect.stringContaining(`lvs1 keeps ${server} drained`) });
  if (directors.length === 1) await asksWhileDrained(cluster, server);
  await cluster.weight(address, 0);

  const during = cluster.counts("stream");
  // One was under way.
  expect((during[server] ?? 0) - (before[server] ?? 0)).toBeLessThanOrEqual(1);
  expect(await cluster.lvsgen("undrain", server)).toMatchObject({ code: 0 });
  await cluster.weight(address, 1);
  await fleet.shell(
    `until [ "$(sed 's/.*"${server}":\\([0-9]*\\).*/\\1/' stream)" -gt ${(during[server] ?? 0) + 2} ]; do sleep 0.1; done`,
  );
  if (directors.length > 1) await rolled(cluster);
  await retired(cluster);
  await endStream();
  const { web1, web2, web3, ...errors } = cluster.counts("stream");
  // A director whose keepalived ends breaks the request that is under way (sync comes after seconds), and refuses clients
  // until its addresses are gone.
  const lost = Object.values(errors).reduce((sum, count) => sum + count, 0);
  expect(lost, JSON.stringify(errors)).toBeLessThanOrEqual(directors.length > 1 ? 3 : 0);
  for (const count of [web1, web2, web3]) expect(count).toBeGreaterThan(0);
}

/** A deployment that changes something asks, as somebody may be at work on the server. */
async function asksWhileDrained({ fleet, file, directors }: Balanced, server: string): Promise<void> {
  const topology = JSON.parse(readFileSync(join(fleet.folder, file), "utf8"));
  fleet.write("changed.json", JSON.stringify({ ...topology, timeouts: { tcp: 800 } }));
  const changed = new Balanced(fleet, "changed.json", directors);
  const refused = await changed.lvsgen("deploy");
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`somebody has drained ${server}, `),
  });
  expect((await changed.lvsgen("deploy", "--dry-run")).code).toBe(0);
  for (const each of [changed, new Balanced(fleet, file, directors)])
    expect(await each.lvsgen("deploy", "--yes")).toMatchObject({ code: 0 });
}

/** A server is drained, leaves the topology, is left by lvsgen, and comes back; its drain does not. */
async function retired(cluster: Balanced): Promise<void> {
  const { fleet, file, directors } = cluster;
  const topology = JSON.parse(readFileSync(join(fleet.folder, file), "utf8"));
  const { web3, ...hosts } = topology.hosts;
  const [service] = topology.virtualServices;
  const smaller = { ...topology, hosts, virtualServices: [{ ...service, realServers: ["web1", "web2"] }] };
  fleet.write("smaller.json", JSON.stringify(smaller));
  expect(await cluster.lvsgen("drain", "web3", "--wait", "60")).toMatchObject({ code: 0 });
  await new Balanced(fleet, "smaller.json", directors).deploy();
  const off = await fleet.run(["node", cli, "retire", "root@10.4.0.13", "--yes"]);
  expect(off).toMatchObject({ code: 0, stdout: "root@10.4.0.13  done\n" });
  await cluster.deploy();
  await cluster.weight("10.4.0.13", 1);
}

/** A server, and the director that has the VIP. */
async function rolled(cluster: Balanced): Promise<void> {
  const has = await cluster.fleet.on("lvs1", `ip -o addr | grep ${vip}/`);
  const [master = "", backup = ""] = has.code === 0 ? ["lvs1", "lvs2"] : ["lvs2", "lvs1"];
  const command = `case $(hostname) in web*) systemctl restart nginx ;; *) ! ip -o addr | grep ${vip}/ ;; esac`;
  const roll = await cluster.lvsgen("roll", "--each", command, "--limit", "web1", "--limit", master, "--yes");
  expect(roll, roll.stderr).toMatchObject({ code: 0, stdout: `web1  done\n${master}  done\n` });
  // As nobody preempts.
  await cluster.until(backup, `ip -o addr | grep -q ${vip}/`);
}
