/** `lvsgen deploy`, `status`, `verify`, `retire` and `undeploy` over real sshd: what they do, and what can go wrong. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { templates } from "#templates";
import type { Reports } from "../../src/commands/reports.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { cli, repository } from "../helpers/lvsgen.ts";
import { isRelease, releaseTest } from "../helpers/release.ts";
import { expectReport } from "../helpers/report.ts";
import { Fleet, withFleet } from "./fleet.ts";
import type { Result } from "./kernel.ts";

const piLab = JSON.parse(readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8"));

/** pi3's sudo asks for it; pi2's asks for none, and pi1 is root's. */
const PASSWORD = "correct horse";

/** Tests boot nothing by themselves, and one deployment takes half a minute in User-Mode Linux. */
const TIMEOUT = 900_000;

describe.skipIf(process.getuid?.() !== 0)("over real sshd", { timeout: TIMEOUT }, () => {
  let fleet: Fleet;
  /** The hosts before lvsgen. */
  let fresh: readonly string[];
  beforeAll(async () => {
    fleet = await Fleet.boot(piLab, { sudoPasswords: { pi3: PASSWORD } });
    for (const host of ["pi2", "pi3"]) {
      await fleet.on(host, `echo "<h1>${host}</h1>" >/var/www/html/index.html; systemctl start nginx`);
    }
    fresh = await allTraces();
  }, TIMEOUT);
  afterAll(() => fleet.end());

  const lvsgen = (command: string, file: string, ...words: string[]): Promise<Result> =>
    fleet.run(["node", cli, command, file, ...words, "--ask-sudo-password"], {
      LVSGEN_SUDO_PASSWORD: PASSWORD,
    });

  const deploy = (file: string, ...words: string[]): Promise<Result> => lvsgen("deploy", file, ...words);

  /** A topology like pi-lab's, in a file of its own. */
  const variant = (name: string, change: (topology: typeof piLab) => void): string => {
    const topology = structuredClone(piLab);
    change(topology);
    fleet.write(name, JSON.stringify(topology));
    return name;
  };
  /** Another version for every host: the VIP is a new one. */
  const withVip = (last: number): string =>
    variant(`vip-${last}.json`, (topology) => {
      topology.virtualServices[0].vip = `192.168.1.${last}`;
    });

  /** All that a deployment may have changed on a host. */
  const fingerprint = async (host: string): Promise<string> => {
    const folders = "/etc /usr/local /var/lib/lvsgen /var/lib/lvsgen-deploy /run/lvsgen";
    const { stdout } = await fleet.on(
      host,
      `find ${folders} -printf '%p %m %s %T@ %C@\n' 2>/dev/null | grep -v '[.]lock' | sort; ip -o addr | grep -v fe80; ipvsadm -Sn; ls /run | grep lvsgen | grep -v '[.]trials'`,
    );
    return stdout;
  };
  const fingerprints = async (): Promise<string[]> => [
    await fingerprint("pi1"),
    await fingerprint("pi2"),
    await fingerprint("pi3"),
  ];
  /** All that lvsgen leaves on a host while it is there. */
  const traces = async (host: string): Promise<string> => {
    const looks = [
      "ls -d /var/lib/lvsgen* /run/lvsgen* /etc/lvsgen 2>/dev/null",
      "find /usr/local/sbin /etc/systemd/system /etc/init.d /etc/rc?.d -printf '%p %m %l\\n' | sort",
      "ip -o addr | grep -v fe80",
      "ipvsadm -Sn",
      "sysctl net.ipv4.conf.all.arp_ignore net.ipv4.conf.all.arp_announce",
    ];
    return (await fleet.on(host, looks.join("; "))).stdout;
  };
  const allTraces = async (): Promise<string[]> => [
    await traces("pi1"),
    await traces("pi2"),
    await traces("pi3"),
  ];
  const vips = async (host: string): Promise<string[]> =>
    [...(await fleet.on(host, "ip -o addr")).stdout.matchAll(/inet 192\.168\.1\.(2\d\d)\/32/g)].map(
      ([, last = ""]) => last,
    );
  const allVips = async (): Promise<string> =>
    [...(await vips("pi1")), ...(await vips("pi2")), ...(await vips("pi3"))].join(" ");

  releaseTest("a dry run shows what would come, and leaves nothing", async () => {
    const before = await fingerprints();
    const { code, stdout, stderr } = await deploy("topology.json", "--dry-run");
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain("+++ b/pi1/usr/local/sbin/lvs_dr.sh\n");
    expect(stdout).toContain("+++ b/pi2/etc/systemd/system/lvs_rs.service\n");
    expect(stdout).toContain("+++ b/pi3/etc/init.d/lvs_rs\n");
    expect(stdout).toContain("# pi2: would add 192.168.1.200/32 to lo\n");
    expect(stdout).toContain("# pi3: would enable lvs_rs\n");
    expect(await fingerprints()).toEqual(before);
    expect((await lvsgen("status", "topology.json")).stdout).toContain("pi1   -     not deployed");
  });

  releaseTest("setup.sh takes off again what ended half-way, before it brought its unit", async () => {
    const before = await fingerprint("pi2");
    const { cluster } = checkTopology(JSON.stringify(piLab), "topology.json");
    const files = cluster === null ? [] : renderCluster(cluster, templates);
    fleet.write("setup.sh", files.find(({ path }) => path === "pi2/setup.sh")?.text ?? "");
    await fleet.shell("scp -q setup.sh pi@192.168.1.107:");
    await fleet.on("pi2", "mkdir -p /var/lib/lvsgen");
    const { code, stderr } = await fleet.shell("ssh pi@192.168.1.107 sudo sh setup.sh --uninstall");
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("pi2 is as it was before setup.sh"),
    });
    expect(await fingerprint("pi2")).toBe(before);
  });

  releaseTest("a wrong sudo password is reported, and nothing is changed anywhere", async () => {
    const before = await fingerprints();
    const { code, stdout, stderr } = await fleet.run(
      ["node", cli, "deploy", "topology.json", "--ask-sudo-password"],
      {
        LVSGEN_SUDO_PASSWORD: "wrong battery",
      },
    );
    expect(code).toBe(1);
    expect(stdout).toContain("pi3  not touched\n    the sudo password is wrong for pi\n");
    expect(stderr).toContain("stopped because of pi3: no host was changed");
    expect(stdout + stderr).not.toContain("battery");
    // One try: three would lock the account on some hosts.
    expect((await fleet.on("pi3", "journalctl -o cat _COMM=sudo")).stdout).not.toMatch(/[23] incorrect/);
    const none = await fleet.run(["node", cli, "deploy", "topology.json"]);
    expect(none.stdout).toContain("sudo asks pi for a password\n    remedy: --ask-sudo-password");
    expect(await fingerprints()).toEqual(before);
  });

  test("pi-lab comes into service, real servers first", async () => {
    const { code, stdout, stderr } = await deploy("topology.json");
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: "pi2  done\npi3  done\npi1  done\n" });
    const times = ["pi1", "pi2", "pi3"].map((host) =>
      fleet.on(host, "stat -c %Y /var/lib/lvsgen-deploy/current/.done"),
    );
    const [pi1 = 0, pi2 = 0, pi3 = 0] = (await Promise.all(times)).map((each) => Number(each.stdout));
    expect(pi1).toBeGreaterThanOrEqual(Math.max(pi2, pi3));
    expect((await fleet.on("pi1", "ipvsadm -Sn")).stdout.split("\n")).toHaveLength(4);
    // Nothing of it is for others' eyes, and nothing is left over.
    expect(
      (await fleet.on("pi2", "stat -c %a /var/lib/lvsgen-deploy; ls /run | grep lvsgen-deploy")).stdout,
    ).toBe("700\n");
    expect(
      (await fleet.on("pi3", "journalctl -o cat; cat /proc/[0-9]*/cmdline | tr '\\0' ' '")).stdout,
    ).not.toContain(PASSWORD);

    const status = await lvsgen("status", "topology.json");
    expect({ code: status.code, stderr: status.stderr }).toMatchObject({ code: 0 });
    expect(status.stdout).toContain(
      "pi1   director     running  web 192.168.1.200:80 rr: pi2 weight 1, 0 active; pi3 weight 1, 0 active\n",
    );
    const verify = await fleet.run(["node", cli, "verify", "topology.json", "--requests", "6"]);
    expect(verify.stdout).toBe(
      "web 192.168.1.200:80  6 of 6 answered\n    pi2     3  50 %\n    pi3     3  50 %\n",
    );
    expect(verify.code).toBe(0);
  });

  test("a second run changes nothing", async () => {
    const before = await fingerprints();
    const { code, stdout } = await deploy("topology.json");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "pi2  nothing to change\npi3  nothing to change\npi1  nothing to change\n",
    });
    expect(await fingerprints()).toEqual(before);
  });

  test("a server is drained and comes back; a roll does both around its command", async () => {
    const weight = async () =>
      /107:80 .*-w (\d)/.exec((await fleet.on("pi1", "ipvsadm -Sn")).stdout.replaceAll(":http", ":80"))?.[1];
    expect(await lvsgen("drain", "topology.json", "pi2", "--wait", "60")).toMatchObject({
      code: 0,
      stdout: "pi1  drained\n",
    });
    expect(await weight()).toBe("0");
    expect(await lvsgen("undrain", "topology.json", "pi2")).toMatchObject({ code: 0 });
    expect(await weight()).toBe("1");
    const rolled = await lvsgen("roll", "topology.json", "--each", "hostname", "--limit", "pi2", "--yes");
    expect(rolled).toMatchObject({ code: 0, stdout: expect.stringMatching(/pi2 {2}done\n$/) });
    expect(`${rolled.stderr}${rolled.stdout}`).toMatch(/pi2: drained\n.*pi2 \| pi2\n/s);
    expect(await weight()).toBe("1");
  });

  releaseTest("a dry run names a drift, and the next deployment fixes it", async () => {
    await fleet.on(
      "pi2",
      "echo '# by hand' >>/usr/local/sbin/lvs_rs.sh; ip addr del 192.168.1.200/32 dev lo",
    );
    await fleet.on("pi1", "chmod 700 /usr/local/sbin/lvs_dr.sh; systemctl -q disable lvs_dr");
    const before = await fingerprints();
    const { code, stdout } = await deploy("topology.json", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain("--- a/pi2/usr/local/sbin/lvs_rs.sh\n+++ b/pi2/usr/local/sbin/lvs_rs.sh\n");
    expect(stdout).toContain("\n-# by hand\n");
    expect(stdout).toContain("# pi2: would add 192.168.1.200/32 to lo\n");
    expect(stdout).toContain("# pi1: would change the mode of /usr/local/sbin/lvs_dr.sh\n");
    expect(stdout).toContain("# pi1: would enable lvs_dr.service\n");
    expect(stdout).not.toContain("pi3");
    expect(await fingerprints()).toEqual(before);
    expect((await lvsgen("status", "topology.json")).stdout).toMatch(
      /pi2 +real server +(partly|stopped) +differs in 1: /,
    );

    expect((await deploy("topology.json")).stdout).toBe("pi2  done\npi3  nothing to change\npi1  done\n");
    expect((await deploy("topology.json", "--dry-run")).stdout).toBe("");
  });

  releaseTest("--rollback puts the version before into service again", async () => {
    expect((await deploy(withVip(201))).code).toBe(0);
    expect(await allVips()).toBe("201 201 201");
    const back = await deploy("topology.json", "--rollback");
    expect(back).toMatchObject({ code: 0, stdout: "pi2  done\npi3  done\npi1  done\n" });
    expect(await allVips()).toBe("200 200 200");
    expect((await deploy("topology.json", "--dry-run")).stdout).toBe("");
  });

  test("--try: a change that cuts its own ssh heals itself", async () => {
    const controller =
      (await fleet.shell("ip -o -4 addr show dev sw0")).stdout.match(/inet ([\d.]+)/)?.[1] ?? "";
    const cut = variant("cut.json", (topology) => {
      topology.hosts.pi2.routes = [{ to: `${controller}/32`, via: "192.168.1.108" }];
    });
    const before = await fleet.on("pi2", "ip route; cat /usr/local/sbin/lvs_rs.sh");
    const { code, stdout, stderr } = await deploy(
      cut,
      "--try",
      "20",
      "--host",
      "pi2",
      "--connect-timeout",
      "5",
    );
    expect({ code, stdout, stderr }).toMatchObject({ code: 1 });
    expect(stdout).toContain("pi2  undone\n    not confirmed, so the host went back to the previous version");
    expect(await fleet.on("pi2", "ip route; cat /usr/local/sbin/lvs_rs.sh")).toEqual(before);
    expect((await deploy("topology.json", "--dry-run")).stdout).toBe("");
  });

  releaseTest("killed in the middle: hosts are whole, and a second run converges", async () => {
    const file = withVip(202);
    const killed = fleet.shell(
      `LVSGEN_SUDO_PASSWORD='${PASSWORD}' node ${cli} deploy ${file} --ask-sudo-password >/dev/null 2>&1 & echo "$!" >pid; wait`,
    );
    await fleet.on("pi2", "until [ -d /run/lvsgen-deploy.lock ]; do sleep 0.1; done");
    await fleet.shell('kill -KILL "$(cat pid)"');
    await killed;
    for (const host of ["pi2", "pi3"]) {
      await fleet.on(host, "while ls -d /run/lvsgen-deploy.* | grep -v trials; do sleep 0.2; done");
      expect((await fleet.on(host, "lvs_rs.sh check")).stdout, host).toContain("as it should be");
    }
    // The director's turn had not come.
    expect(await vips("pi1")).toEqual(["200"]);
    expect((await deploy(file)).code).toBe(0);
    expect(await allVips()).toBe("202 202 202");
  });

  releaseTest("a host that is down: nothing is begun; the others can go on without it", async () => {
    await fleet.powerOff("pi3");
    const before = [await fingerprint("pi1"), await fingerprint("pi2")];
    const { code, stdout, stderr } = await deploy("topology.json", "--connect-timeout", "5");
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /pi3 {2}not touched\n {4}cannot reach 192\.168\.1\.108: .*\n {4}remedy: check that the host is up/,
    );
    expect(stderr).toContain("stopped because of pi3: no host was changed");
    expect(stderr).toContain("Or deploy to the others: lvsgen deploy topology.json --host pi2 --host pi1");
    expect([await fingerprint("pi1"), await fingerprint("pi2")]).toEqual(before);
    const status = await lvsgen("status", "topology.json", "--format", "json", "--connect-timeout", "5");
    expect(status.code).toBe(1);
    expect(
      (expectReport("status", status.stdout) as Pick<Reports["status"], "hosts">).hosts.map(
        ({ host, state }) => `${host} ${state}`,
      ),
    ).toEqual(expect.arrayContaining(["pi3 unreachable"]));
    await fleet.powerOn("pi3");
    // Its service came back with the boot.
    await fleet.on("pi3", "systemctl start nginx");
    expect(await vips("pi3")).toEqual(["202"]);
  });

  releaseTest("a host key that changed: nothing is begun, and nobody is asked to look away", async () => {
    await fleet.shell("cp ~/.ssh/known_hosts known_hosts");
    await fleet.on("pi3", "cp -p /etc/ssh/fleet_host_key kept; cp -p /etc/ssh/fleet_host_key.pub kept.pub");
    await fleet.replaceHostKey("pi3");
    const before = await fingerprints();
    const { code, stdout, stderr } = await deploy("topology.json");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "pi3  not touched\n    the host key of 192.168.1.108 is not the one in known_hosts",
    );
    expect(stdout).toContain("ssh-keygen -R 192.168.1.108");
    expect(stderr).toContain("no host was changed");
    expect(await fingerprints()).toEqual(before);
    expect((await fleet.shell("cmp ~/.ssh/known_hosts known_hosts")).code).toBe(0);
    await fleet.on(
      "pi3",
      "cp -p kept /etc/ssh/fleet_host_key; cp -p kept.pub /etc/ssh/fleet_host_key.pub; systemctl restart ssh",
    );
  });

  releaseTest(
    "a full disk: that host is as it was, no director is begun, and the report says so",
    async () => {
      await fleet.fillDisk("pi3");
      const { code, stdout, stderr } = await deploy("topology.json");
      expect(code).toBe(1);
      expect(stdout).toContain(
        "pi3  not touched\n    cannot write to /var/lib/lvsgen-deploy: is its file system full",
      );
      expect(stdout).toContain("pi1  not touched\n");
      expect(stderr).toContain("stopped because of pi3: changed: pi2; not begun: pi1");
      expect(stderr).toContain("Or roll back: lvsgen deploy topology.json --rollback --host pi2");
      expect(await allVips()).toBe("202 200 202");
      await fleet.freeDisk("pi3");
      expect((await deploy("topology.json")).stdout).toBe("pi2  nothing to change\npi3  done\npi1  done\n");
      expect(await allVips()).toBe("200 200 200");
    },
  );

  releaseTest("--try: a change that is well is confirmed, and nothing is left armed", async () => {
    expect(await deploy(withVip(203), "--try", "120")).toMatchObject({
      code: 0,
      stdout: "pi2  done\npi3  done\npi1  done\n",
    });
    for (const host of ["pi1", "pi2", "pi3"]) {
      const left = "systemctl list-timers --all | grep lvsgen-undo; ls /run/lvsgen-deploy.trials";
      expect((await fleet.on(host, left)).stdout, host).toBe("");
    }
    expect(await allVips()).toBe("203 203 203");
  });

  releaseTest("a host that was set up by hand can be rolled back to that", async () => {
    await fleet.on("pi2", "rm -rf /var/lib/lvsgen-deploy");
    expect((await deploy("topology.json", "--host", "pi2")).code).toBe(0);
    expect(await vips("pi2")).toEqual(["200"]);
    expect((await deploy("topology.json", "--host", "pi2", "--rollback")).code).toBe(0);
    expect(await vips("pi2")).toEqual(["203"]);
  });

  const takeOff = (...words: string[]): Promise<Result> =>
    fleet.run(["node", cli, ...words, "--ask-sudo-password"], { LVSGEN_SUDO_PASSWORD: PASSWORD });

  test("retire: a host that no topology names any more is as before lvsgen, by what it has itself", async () => {
    const before = await fingerprint("pi2");
    const dry = await takeOff("retire", "pi@192.168.1.107", "--dry-run");
    expect({ code: dry.code, stderr: dry.stderr }).toEqual({ code: 0, stderr: "" });
    expect(dry.stdout).toContain("pi@192.168.1.107  would change\n    it is pi2 of the cluster pi-lab\n");
    expect(dry.stdout).toContain("\n    would remove /var/lib/lvsgen-deploy\n");
    expect(await fingerprint("pi2")).toBe(before);
    expect((await takeOff("retire", "pi@192.168.1.107")).code).toBe(2);

    const done = await takeOff("retire", "pi@192.168.1.107", "--yes");
    expect(done).toMatchObject({ code: 0, stdout: "pi@192.168.1.107  done\n" });
    expect(await traces("pi2")).toBe(fresh[1]);
    const again = await takeOff("retire", "pi@192.168.1.107", "--yes", "--format", "json");
    expect(again.code).toBe(0);
    expect(expectReport("retire", again.stdout)).toMatchObject({ hosts: [{ outcome: "nothing" }] });
  });

  releaseTest("undeploy, killed in the middle: a second run takes off the rest", async () => {
    const words = "undeploy topology.json --yes --ask-sudo-password";
    const killed = fleet.shell(
      `LVSGEN_SUDO_PASSWORD='${PASSWORD}' node ${cli} ${words} >/dev/null 2>&1 & echo "$!" >pid; wait`,
    );
    // The director is the first.
    await fleet.on("pi1", "until [ -d /run/lvsgen-deploy.lock ]; do sleep 0.1; done");
    await fleet.shell('kill -KILL "$(cat pid)"');
    await killed;
    await fleet.on("pi1", "while ls -d /run/lvsgen-deploy.*; do sleep 0.2; done");
    expect(await traces("pi1")).toBe(fresh[0]);
    expect(await vips("pi3")).not.toEqual([]);
    const { code, stdout } = await takeOff("undeploy", "topology.json", "--yes");
    expect({ code, stdout: stdout.split("\n").toSorted() }).toEqual({
      code: 0,
      stdout: ["", "pi1  has nothing of lvsgen", "pi2  has nothing of lvsgen", "pi3  done"],
    });
    expect(await allTraces()).toEqual(fresh);
  });
});

const haPair = JSON.parse(readFileSync(join(repository, "examples/ha-pair/topology.json"), "utf8"));

describe.runIf(isRelease && process.getuid?.() === 0)(
  "two directors with keepalived",
  { timeout: TIMEOUT },
  () => {
    test("come into service one after the other, the first of them last", async () => {
      haPair.directors.vrrp = { authPassword: "hushhush" };
      await withFleet(haPair, async (fleet) => {
        const deploy = (...words: string[]) => fleet.run(["node", cli, "deploy", "topology.json", ...words]);
        const dry = await deploy("--dry-run");
        expect(dry).toMatchObject({ code: 0 });
        expect(dry.stdout).toContain(
          "# pi1: would write /etc/lvsgen/keepalived.conf (not shown: it contains a secret)\n",
        );
        expect(dry.stdout + dry.stderr).not.toContain("hushhush");
        const hosts = ["pi3", "pi4", "pi5", "pi1", "pi2"];
        const each = (words: string) => hosts.map((host) => `${host}  ${words}\n`).join("");
        expect(await deploy()).toMatchObject({ code: 0, stdout: each("done") });
        const done = async (host: string) =>
          Number((await fleet.on(host, "stat -c %Y /var/lib/lvsgen-deploy/current/.done")).stdout);
        expect(await done("pi1")).toBeGreaterThanOrEqual(await done("pi2"));
        expect(await deploy()).toMatchObject({ code: 0, stdout: each("nothing to change") });

        // Undeploy: the backup before the master, so that the VIP moves no more than it must; then the real servers.
        const carrier = async (): Promise<string> => {
          const looks = ["pi1", "pi2"].map((host) => fleet.on(host, "ip -o addr show to 192.168.1.200"));
          return (await Promise.all(looks)).map(({ stdout }) => (stdout === "" ? "-" : "VIP")).join(" ");
        };
        await expect.poll(carrier, { timeout: 300_000, interval: 1000 }).toMatch(/^(VIP -|- VIP)$/);
        const directors = (await carrier()) === "VIP -" ? ["pi2", "pi1"] : ["pi1", "pi2"];
        const off = await fleet.run(["node", cli, "undeploy", "topology.json", "--yes"]);
        const all = [...directors, "pi3", "pi4", "pi5"].map((host) => `${host}  done\n`);
        expect(off).toMatchObject({ code: 0, stdout: all.join("") });
      });
    });
  },
);
