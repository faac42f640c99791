/**
 * The real ansible-playbook deploys examples/pi-lab and examples/ha-pair over real sshd to booted hosts: twice, with a
 * host that drifted in between, and off again. The hosts replace the examples': all of them are Debian 12, so that
 * what is CentOS's own (yum, chkconfig, Python 2) does not run here.
 */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Reader } from "../docs/reader.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { type Fleet, withFleet } from "./fleet.ts";

const example = (name: string): object =>
  JSON.parse(readFileSync(join(repository, "examples", name, "topology.json"), "utf8"));

/** Minutes for one playbook: its modules are a hundred programs in Python, in one kernel on one processor. */
const PLAYBOOK_MINUTES = 20;

interface Played {
  readonly code: number;
  readonly text: string;
  /** By host, the words of the recap: `changed=0`. */
  readonly recap: Readonly<Record<string, string>>;
}

/** Runs a playbook in the background, as a request to the fleet ends earlier than a playbook may. */
async function play(fleet: Fleet, ...args: string[]): Promise<Played> {
  const log = join(fleet.folder, "play.log");
  rmSync(log, { force: true });
  // Its own 10 s for a connection and for sudo are short for such a machine.
  const settings = "LC_ALL=C.UTF-8 ANSIBLE_NOCOLOR=1 ANSIBLE_PIPELINING=1 ANSIBLE_TIMEOUT=300";
  await fleet.shell(
    `cd out/ansible && { ${settings} ansible-playbook ${args.join(" ")} >${log}.now 2>&1; echo "exit $?" >>${log}.now; mv ${log}.now ${log}; } &`,
  );
  for (const end = Date.now() + PLAYBOOK_MINUTES * 60_000; Date.now() < end; await pause(500)) {
    const { code, stdout: text } = await fleet.shell(`cat ${log}`);
    if (code !== 0) continue;
    const recap = [...text.matchAll(/^(\w+) +: (ok=.*)$/gm)].map(([, host = "", words = ""]) => [
      host,
      words,
    ]);
    return { code: Number(/^exit (\d+)$/m.exec(text)?.[1]), text, recap: Object.fromEntries(recap) };
  }
  throw new Error(`ansible-playbook ${args.join(" ")} did not end`);
}

/** Writes the topology's files where the controller has them. */
function render(fleet: Fleet, topology: object): void {
  const { status, stderr } = lvsgen(["render", "-", "--no-lint", "--out", join(fleet.folder, "out")], {
    input: JSON.stringify(topology),
  });
  expect(status, stderr).toBe(0);
}

/** Each host's recap has the word. */
function expectAll(fleet: Fleet, { recap, text }: Played, word: RegExp): void {
  expect(Object.keys(recap).sort(), text).toEqual(hostsOf(fleet).sort());
  for (const host of hostsOf(fleet)) expect(recap[host], text).toMatch(word);
}

function hostsOf({ cluster }: Fleet): string[] {
  return [...cluster.hosts.keys()];
}

/** A service that is noted as brought, and that the topology does not have; its script was somebody else's before. */
const earlierTopology = `
cd /var/lib/lvsgen && mkdir -p replaced/usr/local/sbin && echo "somebody else's" >replaced/usr/local/sbin/lvs_old.sh
printf '#!/bin/sh\ntouch /run/lvs_old.$1\n' >/usr/local/sbin/lvs_old.sh
chmod 755 /usr/local/sbin/lvs_old.sh
printf '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n' \
  >/etc/systemd/system/lvs_old.service
printf '/etc/systemd/system/lvs_old.service\n/usr/local/sbin/lvs_old.sh\n' >>files
systemctl daemon-reload && systemctl enable --now lvs_old
`;

/** What of a host lvsgen may change, as text. */
const state = [
  "ip -o addr show | sed 's/ valid_lft.*//'; ip rule; ip route; ipvsadm -Sn",
  "sysctl -a 2>/dev/null | grep -E 'arp_(ignore|announce)|net.ipv4.vs.expire' | sort",
  "find /usr/local/sbin /etc/systemd/system /etc/init.d /etc/rc3.d /var/lib/lvsgen 2>/dev/null | sort",
].join("; ");

async function statesOf(fleet: Fleet): Promise<string[]> {
  const states: string[] = [];
  for (const host of hostsOf(fleet)) states.push((await fleet.on(host, state)).stdout);
  return states;
}

describe.skipIf(process.getuid?.() !== 0)("ansible-playbook", () => {
  const timeout = 120 * 60_000;

  test("deploys pi-lab, finds drift, verifies and takes off again", { timeout }, async () => {
    const piLab = example("pi-lab");
    await withFleet(piLab, async (fleet) => {
      render(fleet, piLab);
      for (const host of hostsOf(fleet)) await fleet.on(host, "modprobe ip_vs");
      const fresh = await statesOf(fleet);

      const first = await play(fleet, "site.yml");
      expect(first.code, first.text).toBe(0);
      expectAll(fleet, first, /changed=[1-9].*failed=0/);
      expect((await fleet.on("pi1", "lvs_dr.sh check && systemctl is-enabled lvs_dr")).stdout).toContain(
        "enabled",
      );
      expect((await fleet.on("pi3", "ls /etc/rc3.d; systemctl is-active lvs_rs")).stdout).toMatch(
        /S\d+lvs_rs.*\bactive/s,
      );

      const second = await play(fleet, "site.yml");
      expect(second.code, second.text).toBe(0);
      expectAll(fleet, second, /changed=0 .*failed=0/);

      // setup.sh knows what the role has brought.
      await fleet.shell("scp -qr out/pi2 pi@192.168.1.107:");
      const setup = await fleet.shell("ssh pi@192.168.1.107 sudo sh pi2/setup.sh");
      expect(setup.stdout + setup.stderr).toContain("pi2 was set up already, nothing changed");

      await fleet.on("pi2", "ip addr del 192.168.1.200/32 dev lo");
      await fleet.on("pi1", "ipvsadm -e -t 192.168.1.200:80 -r 192.168.1.107:80 -g -w 5");
      const drifted = await statesOf(fleet);
      const check = await play(fleet, "site.yml", "--check", "--diff");
      expect(check.code, check.text).toBe(0);
      expect(check.text).toContain('"add 192.168.1.200/32 to lo"');
      expect(check.text).toContain('"ipvsadm -e -t 192.168.1.200:80 -r 192.168.1.107:80 -g -w 1"');
      expect(check.recap.pi1).toContain("changed=1 ");
      expect(check.recap.pi2).toContain("changed=1 ");
      expect(check.recap.pi3).toContain("changed=0 ");
      expect(await statesOf(fleet)).toEqual(drifted);

      // Besides, the director's script is another by now: it is reloaded, which puts its drift right too.
      render(fleet, { ...piLab, timeouts: { tcp: 60 } });
      await fleet.on("pi2", earlierTopology);
      const repair = await play(fleet, "site.yml");
      expect(repair.code, repair.text).toBe(0);
      expect(repair.text).toMatch(/HANDLER \[lvs : Reload the services\] \*+\nchanged: \[pi1\]/);
      const table = await fleet.on("pi1", "ipvsadm -L --timeout; ipvsadm -Sn");
      expect(table.stdout).toMatch(/: 60 .*-r 192\.168\.1\.107:80 -g -w 1\n/s);
      const left = await fleet.on(
        "pi2",
        "ls /run/lvs_old.*; systemctl is-active lvs_old; cat /usr/local/sbin/lvs_old.sh",
      );
      expect(left.stdout).toBe("/run/lvs_old.stop\ninactive\nsomebody else's\n");
      await fleet.on("pi2", "rm /usr/local/sbin/lvs_old.sh");
      expect((await fleet.on("pi2", "lvs_rs.sh check")).code).toBe(0);

      for (const host of ["pi2", "pi3"]) await fleet.on(host, "systemctl start nginx");
      const good = await play(fleet, "verify.yml");
      expect(good.code, good.text).toBe(0);
      expect(good.text).toMatch(/pi2 got 5 of 10.*pi3 got 5 of 10/s);
      await fleet.on("pi3", "systemctl stop nginx");
      const bad = await play(fleet, "verify.yml");
      expect(bad.code).not.toBe(0);
      expect(bad.text).toContain("web does not answer at 192.168.1.200");

      const off = await play(fleet, "teardown.yml");
      expect(off.code, off.text).toBe(0);
      expectAll(fleet, off, /changed=1 .*failed=0/);
      expect(await statesOf(fleet)).toEqual(fresh);

      // What the documentation says of it, from the beginning to the end.
      fleet.write("cluster.yaml", JSON.stringify(piLab));
      for (const host of ["pi2", "pi3"]) await fleet.on(host, "systemctl start nginx");
      await new Reader(fleet.folder, fleet).follow("docs/how-to/use-ansible.md");
      expect(await statesOf(fleet)).toEqual(fresh);
    });
  });

  test("deploys ha-pair with keepalived, finds drift and takes off again", { timeout }, async () => {
    const haPair = example("ha-pair");
    await withFleet(haPair, async (fleet) => {
      render(fleet, haPair);
      for (const host of hostsOf(fleet)) await fleet.on(host, "modprobe ip_vs");
      for (const host of ["pi3", "pi4", "pi5"])
        await fleet.on(host, `echo ${host} >/var/www/html/health; systemctl start nginx`);
      const fresh = await statesOf(fleet);

      const first = await play(fleet, "site.yml");
      expect(first.code, first.text).toBe(0);
      expectAll(fleet, first, /changed=[1-9].*failed=0/);
      for (const host of ["pi1", "pi2"]) {
        const { stdout } = await fleet.on(host, "systemctl is-active keepalived lvs_dr; lvs_dr.sh status");
        expect(stdout).toMatch(/^active\nactive\n/);
      }
      // One of them is the master, and its checks have found the servers.
      await pollUntil(async () => {
        const { stdout } = await fleet.on("pi1", "ip -o addr show to 192.168.1.200; ipvsadm -Sn");
        return /192\.168\.1\.200\/32.*(-t 192\.168\.1\.200:80 -r .*){3}/s.test(stdout);
      });

      const second = await play(fleet, "site.yml");
      expect(second.code, second.text).toBe(0);
      expectAll(fleet, second, /changed=0 .*failed=0/);

      await fleet.on("pi2", "sed -i 's/priority .*/priority 1/' /etc/keepalived/keepalived.conf");
      await fleet.on("pi4", "ip addr del 192.168.1.200/32 dev lo");
      const check = await play(fleet, "site.yml", "--check", "--diff");
      expect(check.code, check.text).toBe(0);
      expect(check.text).toContain(
        '"put /etc/lvsgen/keepalived.conf in place of /etc/keepalived/keepalived.conf"',
      );
      expect(check.text).toContain('"add 192.168.1.200/32 to lo"');
      for (const host of ["pi1", "pi3", "pi5"]) expect(check.recap[host], check.text).toContain("changed=0 ");
      for (const host of ["pi2", "pi4"]) expect(check.recap[host], check.text).toMatch(/changed=[1-9]/);
      expect((await fleet.on("pi2", "grep priority /etc/keepalived/keepalived.conf")).stdout).toMatch(
        /priority 1\n/,
      );

      const off = await play(fleet, "teardown.yml");
      expect(off.code, off.text).toBe(0);
      expectAll(fleet, off, /changed=1 .*failed=0/);
      expect(await statesOf(fleet)).toEqual(fresh);
    });
  });
});

async function pollUntil(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await pause(1000)) if (await isSo()) return;
  throw new Error("it did not come to that in five minutes");
}
