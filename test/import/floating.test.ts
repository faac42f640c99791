/**
 * keepalived.conf without virtual servers -> addresses that move. The files are built like keepalived's own samples
 * (doc/samples) of that kind, and like five that people publish; samples-taken.test.ts asks the real keepalived.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { type Imported, importTopology, type Source } from "../../src/import/import-topology.ts";
import { floatingElections } from "../../src/plan/election.ts";
import { decidesAlone } from "../../src/plan/track-decision.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { clusterOf, tracks, web } from "../helpers/floating-cases.ts";
import { repository } from "../helpers/lvsgen.ts";

const folder = join(repository, "test/fixtures/import/floating");

const sourceOf = (name: string): Source => ({ name, text: readFileSync(join(folder, name), "utf8") });

function importAll(sources: readonly [Source, ...Source[]]) {
  const imported = importTopology(sources);
  const { topology, notes } = imported;
  const checked = topology === null ? null : checkTopology(JSON.stringify(topology), "topology.json");
  return {
    ...imported,
    addresses: (topology?.floatingAddresses ?? []).map(
      ({ name, address, virtualRouterId, hosts }) =>
        `${name} ${address} ${virtualRouterId}: ${hosts.map((each) => (typeof each === "string" ? each : `${each.host} ${each.priority}`)).join(", ")}`,
    ),
    cluster: checked?.cluster ?? null,
    codes: (checked?.diagnostics ?? []).map(({ code }) => code),
    traffic: notes.filter(({ effect }) => effect === "traffic").map(({ message }) => message),
  };
}

const lone = (text: string) => importAll([{ name: "keepalived.conf", text }]);
const instance = (more: string, name = "VI_1", ip = "192.0.2.10/24") =>
  `vrrp_instance ${name} {\ninterface eth0\nvirtual_router_id 51\n${more}\nvirtual_ipaddress {\n${ip}\n}\n}\n`;

/** By file: floating addresses, and what changes where packets go, by the beginnings of the notes' messages. */
const samples: Readonly<Record<string, readonly [addresses: number, traffic: string[]]>> = {
  "active-active": [2, []],
  conditional: [
    1,
    [
      "vrrp_script probe does not say what to watch",
      "a topology does not support use_vmac",
      "the track probe is left out",
    ],
  ],
  "haproxy-lb1": [1, []],
  "haproxy-lb2": [1, []],
  "kube-api": [1, []],
  localcheck: [3, []],
  mysql: [1, []],
  nginx: [1, []],
  plain: [5, []],
  routes: [
    2,
    [
      "a topology does not support static_routes",
      "R1's adverts go over eth0",
      "a topology does not support virtual_routes",
    ],
  ],
  rules: [
    2,
    [
      "a topology does not support static_rules",
      "R1's adverts go over eth0",
      "a topology does not support virtual_rules",
    ],
  ],
  scripts: [3, []],
  "static-ipaddress": [
    1,
    ["a topology does not support static_ipaddress", "a topology does not support virtual_routes"],
  ],
  sync: [5, []],
  units: [2, []],
  "track-interface": [
    3,
    [
      'unknown keyword "static_route"',
      "VLAN's adverts go over eth0.1",
      "a topology does not support virtual_routes",
    ],
  ],
};

test("each has its row", () => {
  expect(readdirSync(folder).toSorted()).toEqual(
    Object.keys(samples)
      .map((name) => `${name}.conf`)
      .toSorted(),
  );
});

test.each(Object.entries(samples))("%s", (name, [count, expected]) => {
  const { codes, floatingAddresses, traffic } = importAll([sourceOf(`${name}.conf`)]);
  expect(codes).toEqual([]);
  expect(floatingAddresses).toEqual({ imported: count, seen: count });
  expect(
    traffic.map((message, at) => (message.startsWith(expected[at] ?? "?") ? expected[at] : message)),
  ).toEqual(expected);
});

describe("the shapes that people publish", () => {
  const only = ({ topology }: Imported) => topology?.floatingAddresses?.[0];

  test("two files of a haproxy pair: names, interfaces, addresses and priorities of both", () => {
    const result = importAll([sourceOf("haproxy-lb1.conf"), sourceOf("haproxy-lb2.conf")]);
    expect(result.topology?.hosts).toEqual({
      lb1: { interfaces: { ens18: "10.20.0.11/24" } },
      lb2: { interfaces: { eth0: "10.20.0.12/24" } },
    });
    expect(result.addresses).toEqual(["vi-1 10.20.0.10/24 151: lb1 110, lb2 100"]);
    expect(only(result)?.track).toEqual([
      { type: "process", name: "haproxy", weight: 20, interval: 2, timeout: 2, rise: 2, fall: 2 },
    ]);
    expect(result.notes.filter(({ code }) => code === "IMP101").map(({ pointer }) => pointer)).toEqual([
      "/defaults/os",
      "/name",
    ]);
  });

  test("a control plane of three: nopreempt, and a script with arguments", () => {
    const result = importAll([sourceOf("kube-api.conf")]);
    expect(result.addresses).toEqual(["vi-1 10.21.0.10/24 52: host1 101, host2 91, host3 81"]);
    expect(only(result)).toMatchObject({
      preempt: false,
      unicast: true,
      track: [
        {
          type: "script",
          command: "/etc/keepalived/check_apiserver.sh",
          arguments: ["10.21.0.10", "6443"],
          ...{ interval: 3, timeout: 10, rise: 2, fall: 10 },
        },
      ],
    });
  });

  test("an nginx pair: programs at changes of state", () => {
    expect(only(importAll([sourceOf("nginx.conf")]))).toMatchObject({
      notify: { command: "/etc/keepalived/changed.sh", user: "nobody" },
      notifyOn: { master: { command: "/etc/keepalived/became-master.sh" } },
      track: [{ type: "process", name: "nginx", weight: -30 }],
    });
  });

  test("a database: a delay before it moves back, announcements, a user, quoted arguments", () => {
    expect(only(importAll([sourceOf("mysql.conf")]))).toMatchObject({
      preempt: true,
      preemptDelay: 120,
      advertInterval: 0.5,
      garp: { refresh: 30 },
      track: [{ user: "mysql", arguments: ["--user", "monitor", "--socket", "/run/my sql/s.sock"], fall: 3 }],
    });
  });

  test("of two programs for one state, the first counts, as keepalived has it", () => {
    const { topology, notes } = lone(instance("notify_master /bin/true\nnotify_master /bin/false"));
    expect(topology?.floatingAddresses?.[0]?.notifyOn).toEqual({ master: { command: "/bin/true" } });
    expect(notes.find(({ place }) => place.line === 5)?.message).toContain("uses the first one");
  });

  test("a program without its folder is a placeholder", () => {
    const { topology, notes } = lone(instance('notify_master "systemctl start haproxy"'));
    expect(topology?.floatingAddresses?.[0]?.notifyOn).toEqual({
      master: { command: "/usr/bin/systemctl", arguments: ["start", "haproxy"] },
    });
    expect(notes.find(({ place }) => place.line === 4)?.code).toBe("IMP101");
  });

  test("services that programs start and stop run on the master, beside one program for all changes", () => {
    const result = importAll([sourceOf("units.conf")]);
    expect(
      result.topology?.floatingAddresses?.map(({ name, address, ...each }) => [address, each.runOnMaster]),
    ).toEqual([
      ["10.25.0.10/24", ["haproxy", "varnish"]],
      ["10.25.0.11/24", ["haproxy", "varnish"]],
    ]);
    expect(only(result)).toMatchObject({
      notify: { command: "/usr/local/bin/telegram.sh", user: "nobody" },
      track: [{ type: "process", name: "named", weight: 2 }],
    });
    expect(only(result)).not.toHaveProperty("notifyOn");
    const about = result.notes.filter(({ message }) => message.includes("runOnMaster"));
    expect(about.map(({ code, effect, pointer }) => [code, effect, pointer])).toEqual([
      ["IMP104", "other", "/floatingAddresses/0"],
    ]);
  });

  test("two addresses active/active: each has another host first", () => {
    expect(importAll([sourceOf("active-active.conf")]).addresses).toEqual([
      "one 10.24.0.101/24 91: host1 150, host2 140",
      "two 10.24.0.102/24 92: host2 110, host1 100",
    ]);
  });
});

describe("the placeholder of an unseen host", () => {
  test.each([
    ["priority 100", -30],
    ["priority 101", 2],
    ["priority 100", -5],
    ["priority 254", -2],
    ["priority 1", 20],
    ["state BACKUP\npriority 90", 20],
    ["state BACKUP\npriority 254", -3],
    ["priority 250", 20],
  ])("has a priority with which a weight works: %s, weight %i", (own, weight) => {
    const { cluster, codes } = lone(
      `vrrp_script a {\nscript /usr/bin/true\nweight ${weight}\n}\n${instance(`${own}\ntrack_script {\na\n}`)}`,
    );
    expect(codes).toEqual([]);
    const [election] = floatingElections(cluster as NonNullable<typeof cluster>).values();
    expect(election && decidesAlone(election, 0)).toBe(true);
  });
});

describe("commands of scripts", () => {
  const loopback = { interval: 1, timeout: 1, rise: 1, fall: 1 };
  const script = (command: string, ...args: string[]) => ({
    type: "script",
    command,
    ...(args.length === 0 ? {} : { arguments: args }),
    ...loopback,
  });
  test.each([
    ['"killall -0 haproxy"', { type: "process", name: "haproxy", ...loopback }],
    ['"/bin/pidof nginx > /dev/null 2>&1 || exit 1"', { type: "process", name: "nginx", ...loopback }],
    ['"pgrep -x mysqld"', { type: "process", name: "mysqld", ...loopback }],
    ['"pgrep haproxy"', { type: "process", name: "haproxy", ...loopback }],
    ['"pgrep -f haproxy"', script("/usr/bin/pgrep", "-f", "haproxy")],
    ['"killall -0 a b"', script("/usr/bin/killall", "-0", "a", "b")],
    ['"</dev/tcp/127.0.0.1/443"', { type: "tcp", port: 443, ...loopback }],
    ['"nc -z -w 1 localhost 3306"', { type: "tcp", port: 3306, ...loopback }],
    ['"nc -u localhost 53"', script("/usr/bin/nc", "-u", "localhost", "53")],
    [
      '"curl -fs http://127.0.0.1/up"',
      { type: "http", port: 80, path: "/up", status: ["200-399"], ...loopback },
    ],
    [
      '"/usr/bin/curl -s [::1]:81"',
      { type: "http", address: "::1", port: 81, path: "/", status: ["100-599"], ...loopback },
    ],
    ['"/usr/bin/curl -skL https://a/"', script("/usr/bin/curl", "-skL", "https://a/")],
    ["\"/opt/check a 'b c'\"", script("/opt/check", "a", "b c")],
    ['"[ $(pidof a | wc -l) -gt 0 ]"', script("/bin/sh", "-c", "[ $(pidof a | wc -l) -gt 0 ]")],
    ['"./check"', undefined],
    ["/tmp/check", undefined],
    ["/home/me/check.sh", undefined],
  ])("%s", (command, track) => {
    const { topology, notes, codes } = lone(
      `vrrp_script a {\nscript ${command}\n}\n${instance("track_script {\na\n}")}`,
    );
    expect(topology?.floatingAddresses?.[0]?.track?.[0]).toEqual(track);
    expect(codes).toEqual([]);
    if (track === undefined)
      expect(notes.some(({ place, effect }) => place.line === 2 && effect === "traffic")).toBe(true);
  });
});

describe("programs that start and stop services", () => {
  const changes = (master: string, backup: string | null, more = "") =>
    instance(`notify_master ${master}\n${backup === null ? "" : `notify_backup ${backup}\n`}${more}`);
  const found = (text: string) => lone(text).topology?.floatingAddresses?.[0];

  test.each([
    ['"systemctl start haproxy"', '"systemctl stop haproxy"'],
    ['"/bin/systemctl --no-block restart haproxy.service" root root', '"/usr/bin/systemctl -q stop haproxy"'],
    ["'/sbin/service haproxy start'", '"/usr/sbin/service haproxy stop" root'],
    ['"/etc/init.d/haproxy restart"', "'/etc/rc.d/init.d/haproxy stop'"],
    ['"sudo -n systemctl start haproxy" keepalived_script', '"/usr/bin/sudo service haproxy stop" nobody'],
    ["\"/bin/sh -c 'systemctl start haproxy'\"", '"systemctl stop haproxy"'],
    // keepalived takes the words for a user and a group.
    ["/usr/bin/systemctl start haproxy", "/usr/bin/systemctl stop haproxy"],
  ])("%s, and %s", (master, backup) => {
    const address = found(changes(master, backup, 'notify_fault "invoke-rc.d haproxy stop"'));
    expect(address?.runOnMaster).toEqual(["haproxy"]);
    expect(address).not.toHaveProperty("notifyOn");
  });

  const systemctl = (words: string) => ({ command: "/bin/systemctl", arguments: words.split(" ") });
  test.each([
    [
      "nothing stops it",
      changes('"/bin/systemctl start nginx"', null, 'notify_fault "/bin/systemctl stop nginx"'),
      { master: systemctl("start nginx"), fault: systemctl("stop nginx") },
    ],
    [
      "the backup runs it, too",
      changes('"/bin/systemctl start nginx"', '"/bin/systemctl start nginx"'),
      { master: systemctl("start nginx"), backup: systemctl("start nginx") },
    ],
    [
      "another one is stopped",
      changes('"/bin/systemctl start nginx"', '"/bin/systemctl stop haproxy"'),
      { master: systemctl("start nginx"), backup: systemctl("stop haproxy") },
    ],
    [
      "a line does something else",
      changes('"/bin/systemctl start nginx"', '"/bin/systemctl stop nginx"', "notify_fault /opt/alarm"),
      { master: systemctl("start nginx"), backup: systemctl("stop nginx"), fault: { command: "/opt/alarm" } },
    ],
    [
      "it is only reloaded",
      changes('"/bin/systemctl reload nginx"', '"/bin/systemctl stop nginx"'),
      { master: systemctl("reload nginx"), backup: systemctl("stop nginx") },
    ],
    [
      "it must run everywhere",
      changes('"/bin/systemctl start ufw"', '"/bin/systemctl stop ufw"'),
      { master: systemctl("start ufw"), backup: systemctl("stop ufw") },
    ],
    [
      "it is a timer",
      changes('"/bin/systemctl start backup.timer"', '"/bin/systemctl stop backup.timer"'),
      { master: systemctl("start backup.timer"), backup: systemctl("stop backup.timer") },
    ],
    [
      "another user runs it",
      changes('"/bin/systemctl start nginx" www', '"/bin/systemctl stop nginx"'),
      { master: { ...systemctl("start nginx"), user: "www" }, backup: systemctl("stop nginx") },
    ],
    [
      "hosts without it give up",
      `vrrp_script a {\nscript "pidof nginx"\n}\n${changes('"/bin/systemctl start nginx"', '"/bin/systemctl stop nginx"', "track_script {\na\n}")}`,
      { master: systemctl("start nginx"), backup: systemctl("stop nginx") },
    ],
  ])("are kept where %s", (_, text, notifyOn) => {
    const { topology, codes } = lone(text);
    expect(topology?.floatingAddresses?.[0]?.notifyOn).toEqual(notifyOn);
    expect(topology?.floatingAddresses?.[0]).not.toHaveProperty("runOnMaster");
    expect(codes).toEqual([]);
  });
});

test("what lvsgen rendered is the same again, but units are on the host", () => {
  const cluster = clusterOf([
    { ...web, track: tracks.filter(({ type }) => type !== "file"), runOnMaster: ["haproxy"] },
  ]);
  const texts = renderCluster(cluster, templates).filter(({ path }) => path.endsWith("/keepalived.conf"));
  const { topology, notes } = importAll(
    texts.map(({ path, text }) => ({ name: path.replace("/keepalived", ""), text })) as [Source, Source],
  );
  expect(checkTopology(JSON.stringify(topology), "again.json").cluster?.floating[0]?.track).toEqual(
    cluster.floating[0]?.track,
  );
  expect(notes.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    "IMP101 /defaults/os",
    "IMP101 /name",
    "IMP102 /floatingAddresses/0",
  ]);
});

describe("what is watched", () => {
  test("processes, files and interfaces have keepalived's own weights", () => {
    const { topology } = lone(
      `track_process p {\nprocess haproxy\n}\ntrack_file f {\nfile /run/drain\n}\n${instance(
        "track_process {\np\n}\ntrack_file {\nf weight 0\n}\ntrack_interface {\neth1\neth2 weight -9\n}",
      )}`,
    );
    expect(topology?.floatingAddresses?.[0]?.track).toEqual([
      { type: "process", name: "haproxy", weight: 1, interval: 1, timeout: 1, rise: 1, fall: 1 },
      { type: "file", path: "/run/drain" },
      { type: "interface", name: "eth1" },
      { type: "interface", name: "eth2", weight: -9 },
    ]);
  });

  test("of a sync group: all of its instances, and weights of instances have no effect", () => {
    const { topology, notes } = lone(
      `vrrp_script a {\nscript /usr/bin/a\nweight 5\n}\nvrrp_script b {\nscript /usr/bin/b\nweight 5\n}\nvrrp_sync_group G {\ngroup {\nA\nB\n}\ntrack_script {\nb\n}\n}\n${instance("track_script {\na\n}", "A")}${instance("", "B", "192.0.2.11/24").replace("51", "52")}`,
    );
    const tracks = topology?.floatingAddresses?.map(({ track = [] }) =>
      track.map(({ command, weight }) => `${command} ${weight}`),
    );
    expect(tracks).toEqual([
      ["/usr/bin/a undefined", "/usr/bin/b 5"],
      ["/usr/bin/a undefined", "/usr/bin/b 5"],
    ]);
    expect(notes.map(({ message }) => message)).toContain(
      "B and A are in one vrrp_sync_group and differ in what they track: both get what A has",
    );
  });
});

test("a track that an instance and its group have, or that has two names, is one", () => {
  const script = (name: string): string => `vrrp_script ${name} {\nscript /usr/bin/a\ninterval 2\n}\n`;
  const twins = "track_script {\na\nb\n}";
  const { topology, notes } = lone(
    `${script("a")}${script("b")}vrrp_sync_group G {\ngroup {\nA\nB\n}\n${twins}\n}\n${instance(twins, "A")}${instance(twins, "B", "192.0.2.11/24").replace("51", "52")}`,
  );
  expect(topology?.floatingAddresses?.map(({ track = [] }) => track.length)).toEqual([1, 1]);
  expect(notes.map(({ message }) => message)).toContain("b is tracked already: the first time counts");
});

describe("files of two hosts that disagree", () => {
  const one = { name: "lb1.conf", text: instance("priority 100") };
  const other = (text: string) => importAll([one, { name: "lb2.conf", text }]);
  test.each([
    [
      "about the id",
      instance("priority 90").replace("51", "52"),
      "lb2.conf:3: VI_1 has the virtual_router_id 52, and the other file's VI_1 has 51 (lb1.conf:3)",
    ],
    [
      "about the address",
      instance("priority 90", "VI_1", "192.0.2.11/24"),
      "lb2.conf:6: VI_1 has the address 192.0.2.11, and the other file's VI_1 has 192.0.2.10 (lb1.conf:6)",
    ],
    [
      "about one of two addresses",
      instance("priority 90", "VI_1", "192.0.2.10/24\n192.0.2.11/24"),
      "lb2.conf:7: VI_1 has the address 192.0.2.11, and the other file's VI_1 lacks it (lb1.conf:1)",
    ],
  ])("%s", (_, text, message) => {
    const { topology, notes } = other(text);
    expect(topology).toBeNull();
    expect(notes[0] && `${notes[0].place.source.name}:${notes[0].place.line}: ${notes[0].message}`).toBe(
      message,
    );
  });

  test("about their priorities, which are equal: both are in a note", () => {
    const { addresses, traffic } = other(instance("priority 100"));
    expect(addresses).toEqual(["vi-1 192.0.2.10/24 51: lb1 100, lb2 99"]);
    expect(traffic).toEqual([expect.stringMatching(/^another host of VI_1 has the priority 100/)]);
  });

  test("about what they track: the higher priority's counts", () => {
    const { traffic, topology } = other(
      `vrrp_script a {\nscript /usr/bin/a\n}\n${instance("priority 150\ntrack_script {\na\n}")}`,
    );
    expect(topology?.floatingAddresses?.[0]?.track).toHaveLength(1);
    expect(traffic).toEqual([expect.stringMatching(/^VI_1 differs in what they track from lb2.conf:4/)]);
  });
});
