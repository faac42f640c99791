/**
 * `lvsgen roll` on booted hosts over sshd, under a stream of requests that never fails: servers and directors, with ipvsadm
 * and with keepalived; a failure, a kill, a failover, a flapping check and a reboot in the middle. Before a release;
 * test/fleet/deploy.test.ts has a short one.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quoteWord } from "../../src/base/quote-word.ts";
import type { Reports } from "../../src/commands/reports.ts";
import { cli } from "../helpers/lvsgen.ts";
import { expectReport } from "../helpers/report.ts";
import { Balanced, bootBalanced, vip } from "./balanced.ts";
import type { Fleet } from "./fleet.ts";
import type { Result } from "./kernel.ts";

const TIMEOUT = 1_200_000;

const servers = ["web1", "web2", "web3"];

/** Takes a server's program away for a second, and notes on each host that it was there; with quotes of each kind. */
const work = `echo "it's \\"$(hostname)\\"" '"' >>/root/rolled; case $(hostname) in web*) systemctl stop nginx; sleep 1; systemctl start nginx ;; *) lvs_dr.sh check ;; esac`;

describe.skipIf(process.getuid?.() !== 0)("a roll under requests", { timeout: TIMEOUT }, () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await bootBalanced();
  }, TIMEOUT);
  afterAll(() => fleet.end());

  const deployed = async (file: string, directors: readonly string[]): Promise<Balanced> => {
    const cluster = new Balanced(fleet, file, directors);
    await cluster.deploy();
    return cluster;
  };

  const clusters = {
    ipvsadm: () => deployed("topology.json", ["lvs1"]),
    keepalived: () => deployed("keepalived.json", ["lvs1", "lvs2"]),
  };

  /** A host of the fleet takes minutes to boot where the machine has other work. */
  const roll = (cluster: Balanced, command: string, ...words: string[]): Promise<Result> =>
    cluster.lvsgen("roll", "--each", command, "--healthy", "600", ...words);

  /** Lines that the command left, and nothing afterwards. */
  const notes = async (host: string): Promise<number> =>
    Number(
      (await fleet.on(host, `grep -cxF "it's \\"${host}\\" \\"" /root/rolled; rm -f /root/rolled`)).stdout,
    );

  /** Which director has the VIP. */
  const holder = async (): Promise<string> => {
    const has = async (host: string) => (await fleet.on(host, `ip -o addr | grep ${vip}/`)).code === 0;
    await expect.poll(async () => (await has("lvs1")) || (await has("lvs2")), { timeout: 60_000 }).toBe(true);
    return (await has("lvs1")) ? "lvs1" : "lvs2";
  };

  const otherThan = (director: string): string => (director === "lvs1" ? "lvs2" : "lvs1");

  /**
   * Works under requests. None fails, and every server has its weight and its share again.
   *
   * @param lost a director whose keepalived ends breaks what is under way, and refuses clients until its addresses are gone
   */
  const under = async (cluster: Balanced, during: () => Promise<void>, lost = 0): Promise<void> => {
    await cluster.weight("10.4.0.1[123]", 1);
    const endStream = await cluster.stream();
    try {
      await during();
      for (const last of [1, 2, 3]) await cluster.weight(`10.4.0.1${last}`, 1);
      const before = cluster.counts("stream");
      await expect
        .poll(() => servers.every((name) => (cluster.counts("stream")[name] ?? 0) > (before[name] ?? 0)), {
          timeout: 60_000,
        })
        .toBe(true);
    } finally {
      await endStream();
    }
    const counts = cluster.counts("stream");
    console.info(`${expect.getState().currentTestName}: ${JSON.stringify(counts)}`);
    const errors = Object.entries(counts).filter(([name]) => !servers.includes(name));
    expect(
      errors.reduce((sum, [, count]) => sum + count, 0),
      JSON.stringify(errors),
    ).toBeLessThanOrEqual(lost);
  };

  test("ipvsadm: the servers; the only director is refused", async () => {
    const cluster = await clusters.ipvsadm();
    const all = await roll(cluster, work, "--yes");
    expect(all).toMatchObject({ code: 1, stdout: "" });
    expect(all.stderr).toContain("nothing was begun: lvs1 is the only director");
    await under(cluster, async () => {
      const rolled = await roll(
        cluster,
        work,
        "--yes",
        "--host",
        "web1",
        "--host",
        "web2",
        "--limit",
        "web3",
      );
      expect(rolled, rolled.stderr).toMatchObject({
        code: 0,
        stdout: "web1  done\nweb2  done\nweb3  done\n",
      });
    });
    for (const host of servers) expect(await notes(host)).toBe(1);
  });

  test("keepalived: three servers, then the backup, then the master", async () => {
    const cluster = await clusters.keepalived();
    const master = await holder();
    const backup = otherThan(master);
    const dry = await roll(cluster, work, "--dry-run");
    expect(dry.stdout).toMatch(
      new RegExp(`^1  web1 .*\n2  web2 .*\n3  web3 .*\n4  ${backup} .*backup.*\n5  ${master} .*gives`),
    );
    await under(cluster, async () => {
      const begin = Date.now();
      const rolled = await roll(cluster, work, "--yes", "--format", "json");
      console.info(`a roll of five hosts: ${Math.round((Date.now() - begin) / 1000)} s\n${rolled.stderr}`);
      expect(rolled, rolled.stderr).toMatchObject({ code: 0 });
      const { hosts } = expectReport("roll", rolled.stdout) as Reports["roll"];
      expect(hosts.map(({ host, outcome, code }) => [host, outcome, code])).toEqual(
        [...servers, backup, master].map((host) => [host, "done", 0]),
      );
    });
    // It gave the VIP up, and nobody preempts.
    expect(await holder()).toBe(backup);
    for (const host of [...servers, "lvs1", "lvs2"]) expect(await notes(host)).toBe(1);
  });

  test("two at once, and a failover and a check that flaps while they are drained", async () => {
    const cluster = await clusters.keepalived();
    const master = await holder();
    const backup = otherThan(master);
    await under(
      cluster,
      async () => {
        const command = "until [ -e /root/go ]; do sleep 0.2; done; rm /root/go";
        const rolling = roll(
          cluster,
          command,
          "--yes",
          "--parallel",
          "2",
          ...servers.flatMap((name) => ["--host", name]),
        );
        for (const last of [1, 2]) await cluster.weight(`10.4.0.1${last}`, 0);
        await fleet.on(master, "systemctl stop keepalived");
        await cluster.until(backup, `ip -o addr | grep -q ${vip}/`);
        await fleet.on(master, "lvs_dr.sh start");
        for (const host of ["web1", "web2"]) await fleet.on(host, "mv /var/www/html/up /var/www/html/down");
        for (const last of [1, 2])
          for (const host of cluster.directors)
            await cluster.until(host, `! ipvsadm -Sn | grep -q 10.4.0.1${last}:80`);
        await fleet.on("web1", "mv /var/www/html/down /var/www/html/up; touch /root/go");
        await cluster.weight("10.4.0.11", 1);
        // It waits for the check of web2.
        await fleet.on("web2", "touch /root/go");
        await cluster.until("web2", "[ ! -e /root/go ]");
        await fleet.on("web2", "mv /var/www/html/down /var/www/html/up");
        await fleet.on("web3", "touch /root/go");
        expect(await rolling).toMatchObject({ code: 0, stdout: "web1  done\nweb2  done\nweb3  done\n" });
      },
      3,
    );
  });

  test("a command that fails: the host stays drained, the others serve; --resume goes on", async () => {
    const cluster = await clusters.keepalived();
    await under(cluster, async () => {
      const command =
        "[ $(hostname) != web2 ] || [ -e /root/fixed ] || { echo broken >&2; exit 3; }; echo ran >>/root/ran";
      const failed = await roll(cluster, command, "--yes");
      expect(failed, failed.stderr).toMatchObject({ code: 1 });
      expect(failed.stdout).toMatch(
        /^web1 +done\nweb2 +FAILED, drained\n {4}the command exits 3\nweb3 +not begun\nlvs\d +not begun\nlvs\d +not begun\n$/,
      );
      expect(failed.stderr).toContain("web2 | broken\n");
      expect(failed.stderr).toContain("lvsgen undrain keepalived.json web2");
      await cluster.weight("10.4.0.12", 0);
      for (const last of [1, 3]) await cluster.weight(`10.4.0.1${last}`, 1);
      await fleet.on("web2", "touch /root/fixed");
      const resumed = await roll(cluster, command, "--yes", "--resume");
      expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
      expect(resumed.stdout).toMatch(/^web1 +done before\nweb2 +done\nweb3 +done\n/);
    });
    for (const host of [...servers, "lvs1", "lvs2"])
      expect((await fleet.on(host, "cat /root/ran; rm -f /root/ran")).stdout).toBe("ran\n");
  });

  test("killed while the master is out: it stays so, and --resume does the rest", async () => {
    const cluster = await clusters.keepalived();
    const master = await holder();
    const command = "echo ran >>/root/ran; until [ -e /root/go ]; do sleep 0.2; done";
    for (const host of cluster.directors.filter((name) => name !== master))
      await fleet.on(host, "touch /root/go");
    const hosts = cluster.directors.flatMap((name) => ["--host", name]);
    await under(cluster, async () => {
      const words = ["node", cli, "roll", cluster.file, "--each", command, "--yes", ...hosts]
        .map(quoteWord)
        .join(" ");
      const killed = fleet.shell(`${words} & echo $! >pid; wait $!`);
      await cluster.until(master, "[ -e /root/ran ]");
      await fleet.shell('kill -KILL "$(cat pid)"');
      await killed;
      expect(await holder()).not.toBe(master);
      await fleet.on(master, "touch /root/go");
      // Without --resume it is another roll, which says so.
      expect((await roll(cluster, command, "--dry-run")).stderr).toContain(
        "an earlier roll of this command stopped",
      );
      const resumed = await roll(cluster, command, "--yes", "--resume", ...hosts);
      expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
      expect(resumed.stdout).toContain(`${master}  done\n`);
    });
    for (const host of cluster.directors)
      expect((await fleet.on(host, "lvs_dr.sh status")).stdout).toMatch(
        /keepalived: runs, (backup|master)\n/,
      );
  });

  test("a server and the master that reboot: each is awaited, and comes back into service", async () => {
    const cluster = await clusters.keepalived();
    const master = await holder();
    const gone = async (host: string): Promise<void> => {
      await fleet.awaitEnd(host);
      await fleet.powerOff(host);
      await fleet.powerOn(host);
    };
    await fleet.on("web1", "systemctl enable nginx");
    await under(cluster, async () => {
      const rolling = roll(cluster, "systemctl reboot", "--yes", "--host", "web1", "--host", master);
      await gone("web1");
      await gone(master);
      expect(await rolling).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`${master}  done\n`),
      });
    });
  });
});
