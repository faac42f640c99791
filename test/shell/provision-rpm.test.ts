/**
 * setup.sh on hosts of Red Hat's family with the real dnf and rpm, from signed mirrors of fake packages: what it
 * brings, that a second run changes nothing, that a run cut short is finished, and that --uninstall leaves files,
 * packages and keys as they were. LVSGEN_TEST_RELEASE=1 kills it at each command, and not at a few.
 */

import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { killAt } from "../helpers/kill-at.ts";
import { releaseTest } from "../helpers/release.ts";
import {
  changed,
  type Family,
  type FamilyHost,
  familyHost,
  LOOK,
  MIRROR,
  makeFamily,
} from "../helpers/rpm-family.ts";
import { loadPolicy } from "../helpers/selinux.ts";
import { makeFolder } from "../helpers/temporary.ts";

/** A real server with SysV init, and a director and a real server with systemd: web servers come from EPEL. */
const topology = {
  version: 1,
  name: "family",
  defaults: { packages: { mirror: { main: MIRROR, epel: `${MIRROR}/epel` } } },
  hosts: {
    lvs: { os: "centos-7", interfaces: { eth0: "10.1.0.2/24" } },
    six: { os: "centos-6", interfaces: { eth0: "10.1.0.6/24" }, webServer: { kind: "nginx" } },
    seven: { os: "centos-7", interfaces: { eth0: "10.1.0.7/24" }, webServer: { kind: "nginx" } },
  },
  directors: { hosts: ["lvs"] },
  virtualServices: [
    { name: "web", vip: "10.1.0.200", port: 80, realServers: [{ host: "six" }, { host: "seven" }] },
  ],
};

const NAMES = ["lvs", "six", "seven"];
const setUp = (name: string) => `sh /mnt/${name}/setup.sh`;
const uninstall = (name: string) => `sh /mnt/${name}/setup.sh --uninstall`;

const folder = makeFolder();
let family: Family;

beforeAll(() => {
  family = makeFamily(folder);
});

function centos(): FamilyHost {
  const host = familyHost(family, "centos-release", ["10.1.0.2/24", "10.1.0.6/24", "10.1.0.7/24"]);
  host.render(topology);
  return host;
}

test.each(NAMES)(
  "on %s it comes, the second run changes nothing, and all is as before after it went",
  (name) => {
    const all = [LOOK, setUp(name), LOOK, setUp(name), uninstall(name), LOOK];
    const { status, parts, said, stderr } = centos().steps(...all);
    expect(status, stderr).toBe(0);
    expect(changed(parts[0], parts[2])).not.toEqual([]);
    expect(said[1]).toContain(`${name} is set up`);
    expect(said[3]).toContain("was set up already, nothing changed");
    expect(said[4]).not.toMatch(/warning|error/i);
    expect(changed(parts[0], parts[5])).toEqual([]);
  },
);

/** How many it said. */
const commandsOf = (said = "") => said.split("\n").filter((line) => line.startsWith("+ ")).length;

describe("killed", () => {
  /** Each run further than the last one: what is done already is not said again. */
  releaseTest("again and again, the next run finishes what the last one began", () => {
    const installs = [1, 3, 2, 1, 2, 2].map((at) => killAt(setUp("six"), at));
    const removals = [1, 2, 3, 1, 4, 2].map((at) => killAt(uninstall("six"), at));
    const all = [LOOK, ...installs, setUp("six"), setUp("six"), ...removals, uninstall("six"), LOOK];
    const { status, parts, said, stderr } = centos().steps(...all);
    expect(status, stderr).toBe(0);
    expect(stderr.match(/^ended 137$/gm)?.length).toBeGreaterThan(8);
    expect(said[installs.length + 2]).toContain("nothing changed");
    expect(changed(parts[0], parts[all.length - 1])).toEqual([]);
  });

  releaseTest.each(NAMES)(
    "on %s at each command, the next run finishes it",
    (name) => {
      const whole = centos().steps(setUp(name), uninstall(name));
      expect(whole.status, whole.stderr).toBe(0);
      for (let at = 1; at <= commandsOf(whole.said[0]); at++) {
        const all = [LOOK, killAt(setUp(name), at), setUp(name), setUp(name), uninstall(name), LOOK];
        const { status, stderr, parts, said } = centos().steps(...all);
        expect(status, `command ${at}: ${stderr}`).toBe(0);
        expect(said[3], `command ${at}`).toContain("nothing changed");
        expect(changed(parts[0], parts[5]), `command ${at}`).toEqual([]);
      }
      for (let at = 1; at <= commandsOf(whole.said[1]); at++) {
        const all = [LOOK, setUp(name), killAt(uninstall(name), at), uninstall(name), LOOK];
        const { status, stderr, parts } = centos().steps(...all);
        expect(status, `removal ${at}: ${stderr}`).toBe(0);
        expect(changed(parts[0], parts[4]), `removal ${at}`).toEqual([]);
      }
    },
    1_200_000,
  );
});

/** What 0.1.0 left: it removed its files, then chkconfig failed, and nothing more was done. */
const HALF_REMOVED = `/etc/init.d/lvs_rs stop
for file in $(cat /var/lib/lvsgen/files); do
  rm -f "$file"
  [ ! -e "/var/lib/lvsgen/replaced$file" ] || mv "/var/lib/lvsgen/replaced$file" "$file"
done
! chkconfig --del lvs_rs`;

test("what an older setup.sh removed half-way is removed, with and without links in the runlevels", () => {
  const links = "ls /etc/rc3.d/S95lvs_rs";
  const all = [LOOK, setUp("six"), HALF_REMOVED, links, uninstall("six"), LOOK];
  const unlinked = [setUp("six"), HALF_REMOVED, "rm /etc/rc?.d/???lvs_rs", uninstall("six"), LOOK];
  const { status, parts, stderr } = centos().steps(...all, ...unlinked);
  expect(status, stderr).toBe(0);
  expect(changed(parts[0], parts[5])).toEqual([]);
  expect(changed(parts[0], parts[10])).toEqual([]);
});

describe("where SELinux is on", () => {
  /** @param port that keepalived checks its server at */
  const checkedAt = (port: number) => ({
    version: 1,
    name: "checked",
    defaults: { os: "rocky-9", packages: { mirror: { main: MIRROR } } },
    hosts: {
      lvs: { interfaces: { eth0: "10.1.0.2/24" } },
      web: { interfaces: { eth0: "10.1.0.7/24" } },
    },
    directors: { hosts: ["lvs"], engine: "keepalived" },
    virtualServices: [
      {
        name: "app",
        vip: "10.1.0.200",
        port,
        realServers: [{ host: "web" }],
        healthCheck: { type: "tcp" },
      },
    ],
  });

  const look = "getsebool keepalived_connect_any; cat /etc/selinux/booleans.local";
  const isOn = "keepalived_connect_any --> on\nkeepalived_connect_any=1\n";
  const isOff = "keepalived_connect_any --> off\nkeepalived_connect_any=0\n";

  let host: FamilyHost;

  beforeEach(() => {
    host = familyHost(family, "rocky-release", ["10.1.0.2/24"]);
    host.render(checkedAt(8000));
  });

  test("the boolean that keepalived's checks need is turned on once, and off again in the end", () => {
    const all = [loadPolicy, LOOK, setUp("lvs"), look, setUp("lvs"), uninstall("lvs"), look, LOOK];
    const { status, parts, said, stderr } = host.steps(...all);
    expect(status, stderr).toBe(0);
    expect(parts[3]).toBe(isOn);
    expect(said[4]).toContain("nothing changed");
    expect(parts[6]).toBe(isOff);
    expect(changed(parts[1], parts[7])).toEqual([]);
  });

  test("one that was on before stays on", () => {
    const on = "setsebool -P keepalived_connect_any 1";
    const { status, parts, said, stderr } = host.steps(loadPolicy, on, setUp("lvs"), uninstall("lvs"), look);
    expect(status, stderr).toBe(0);
    expect(said[2]).not.toContain("setsebool");
    expect(parts[4]).toBe(isOn);
  });

  test("it goes off when the topology needs it no more", () => {
    const first = host.steps(loadPolicy, setUp("lvs"), look);
    expect(first.parts[2], first.stderr).toBe(isOn);
    host.render(checkedAt(80));
    const { status, parts, stderr } = host.steps(loadPolicy, look, setUp("lvs"), look);
    expect(status, stderr).toBe(0);
    expect([parts[1], parts[3]]).toEqual([isOn, isOff]);
  });

  test("a director that has keepalived no more gives all of it back, though killed meanwhile", () => {
    renameSync(join(host.shown, "lvs"), join(host.shown, "earlier"));
    const { directors, virtualServices, ...rest } = checkedAt(8000);
    const services = virtualServices.map(({ healthCheck: _, ...service }) => service);
    host.render({ ...rest, directors: { hosts: directors.hosts }, virtualServices: services });
    expect(readFileSync(join(host.shown, "lvs/setup.sh"), "utf8")).not.toContain("getsebool");
    const own = `sed -i 's|^baseurl=.*|baseurl=${MIRROR}/9/BaseOS/$basearch/os/|' /etc/yum.repos.d/rocky.repo
      dnf -y install keepalived && systemctl enable keepalived.service`;
    const enabled = "systemctl is-enabled keepalived.service || :";
    const all = [loadPolicy, own, LOOK, setUp("earlier"), look, killAt(setUp("lvs"), 3), setUp("lvs")];
    const later = [look, "ls /etc/lvsgen || :", enabled, setUp("lvs"), uninstall("lvs"), enabled, LOOK];
    const { status, parts, said, stderr } = host.steps(...all, ...later);
    expect(status, stderr).toBe(0);
    expect([parts[4], parts[7]]).toEqual([isOn, isOff]);
    expect(stderr).toMatch(/^ended 137$/m);
    expect(stderr).toContain("/etc/lvsgen/keepalived.conf is from an earlier topology");
    expect([parts[8], parts[9], parts[12]]).toEqual(["", "disabled\n", "enabled\n"]);
    expect(said[10]).toContain("nothing changed");
    expect(changed(parts[2], parts[13])).toEqual([]);
  });
});
