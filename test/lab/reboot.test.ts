/**
 * setup.sh on a machine with real systemd: in service, hardened unit and all; back after a reboot; gone on request.
 * Making a system's tree needs root.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../helpers/temporary.ts";
import { renderTo } from "./own/run-own.ts";
import { BootedMachine, systemTree } from "./reboot/machine.ts";

const topology = {
  version: 1,
  name: "reboot",
  defaults: { os: "debian-12", reassert: 5 },
  hosts: {
    dr: { interfaces: { eth0: "10.7.0.1/24" } },
    rs: { interfaces: { eth0: "10.7.0.2/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [
    { name: "web", vip: "10.7.0.100", port: 80, scheduler: "rr", realServers: [{ host: "rs" }] },
  ],
  timeouts: { tcp: 30 },
};

function machineFor(host: "dr" | "rs", address: string): BootedMachine {
  const work = temporaryFolder();
  const root = join(work, "root");
  mkdirSync(root);
  const machine = new BootedMachine(root, systemTree("bookworm"), address);
  machine.copyIn(join(renderTo(join(work, "out"), topology), host), host);
  return machine;
}

const setUp = (host: string) =>
  `sh /root/${host}/setup.sh; echo "first: $?"; sh /root/${host}/setup.sh; echo "second: $?"`;

describe.skipIf(process.getuid?.() !== 0)("after setup.sh and a reboot under systemd", () => {
  test("a director serves, heals and goes", { timeout: 900_000 }, () => {
    const machine = machineFor("dr", "10.7.0.1/24");
    const installed = machine.boot(setUp("dr"));
    expect(installed).toContain("setup.sh: dr is set up\nfirst: 0");
    expect(installed).toContain("nothing changed\nsecond: 0");

    const rebooted = machine.boot(`
systemctl is-active lvs_dr.service lvs_dr-reassert.timer
lvs_dr.sh check; echo "check: $?"
lvs_dr.sh status; echo "status: $?"
ipvsadm -Sn
systemctl reload lvs_dr.service; echo "reload: $?"
# A network manager takes the VIP: the timer brings it back.
ip addr del 10.7.0.100/32 dev eth0
i=0; until ip -o addr | grep -q ' 10.7.0.100/32' || [ $i -gt 60 ]; do sleep 1; i=$((i + 1)); done
ip -o addr | grep -q ' 10.7.0.100/32'; echo "healed: $?"
# Stopped by hand, it stays stopped.
systemctl stop lvs_dr.service
i=0; until journalctl -b -u lvs_dr-reassert.service | grep -q 'nothing to reload' || [ $i -gt 60 ]; do sleep 1; i=$((i + 1)); done
ip -o addr | grep -q ' 10.7.0.100/32'; echo "stopped: $?"
ipvsadm -Sn | grep -c . ; ipvsadm -L --timeout
systemctl is-failed lvs_dr-reassert.service
systemctl start lvs_dr.service; echo "start: $?"`);
    expect(rebooted).toMatch(/^active\nactive\n/);
    for (const line of ["check: 0", "status: 0", "reload: 0", "healed: 0", "stopped: 1", "start: 0"]) {
      expect(rebooted.split("\n")).toContain(line);
    }
    expect(rebooted).toContain("-a -t 10.7.0.100:80 -r 10.7.0.2:80 -g -w 1");
    expect(rebooted).toContain("Timeout (tcp tcpfin udp): 900 120 300");
    expect(rebooted).not.toMatch(/^failed$/m);

    const removed = machine.boot(`
systemctl is-active lvs_dr.service
sh /root/dr/setup.sh --uninstall; echo "uninstall: $?"
ip -o addr; ipvsadm -Sn; ipvsadm -L --timeout
systemctl list-unit-files --no-legend 'lvs*'; ls /usr/local/sbin /var/lib/lvsgen`);
    expect(removed).toMatch(/^active\n/);
    expect(removed).toContain("uninstall: 0");
    expect(removed).toContain("Timeout (tcp tcpfin udp): 900 120 300");
    const left = removed.slice(removed.indexOf("uninstall: 0"));
    expect(left).not.toMatch(/10\.7\.0\.100|lvs_dr/);
  });

  test("a real server is quiet and takes the VIP's packets", { timeout: 900_000 }, () => {
    const machine = machineFor("rs", "10.7.0.2/24");
    const installed = machine.boot(setUp("rs"));
    expect(installed).toContain("first: 0");
    expect(installed).toContain("second: 0");
    const rebooted = machine.boot(`
systemctl is-active lvs_rs.service
lvs_rs.sh check; echo "check: $?"
cat /proc/sys/net/ipv4/conf/all/arp_ignore /proc/sys/net/ipv4/conf/eth0/arp_announce
ip -o addr show dev lo
sh /root/rs/setup.sh --uninstall; echo "uninstall: $?"
cat /proc/sys/net/ipv4/conf/all/arp_ignore /proc/sys/net/ipv4/conf/eth0/arp_announce
ip -o addr show dev lo | grep -c 10.7.0.100`);
    expect(rebooted).toMatch(/^active\n/);
    expect(rebooted).toContain("check: 0\n1\n2\n");
    expect(rebooted).toContain("inet 10.7.0.100/32 scope global lo");
    expect(rebooted).toMatch(/uninstall: 0\n0\n0\n0\n/);
  });
});
