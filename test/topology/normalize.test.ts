/** Defaults, canonical addresses and references. */

import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";

const text = `
version: 1
name: normal
defaults: { os: debian-12, ssh: { user: pi, port: 2222 }, versions: { systemd: 250 } }
hosts:
  a: { os: centos-7, interfaces: { eth1: [10.0.0.1/16, "FD00:0::1/64"], eth0: 10.0.1.1/24 }, ssh: { user: root } }
  b: { interfaces: { lan: [172.16.0.2/24, 10.0.0.2/16] }, init: sysv, kernel: "4.19", versions: { ipvsadm: "1.30" } }
  c: { interfaces: { lan: 10.0.0.3/16 }, reassert: 30, ssh: { address: c.example.net } }
directors: { hosts: [a] }
virtualServices:
  - { name: web, vip: 10.0.1.9, port: 80, realServers: [{ host: b, weight: 0 }, { host: c, address: 10.0.0.3 }, { address: 10.0.0.9 }] }
  - { name: dns, vip: 10.0.2.9, port: 53, protocol: udp, scheduler: rr, interface: eth0, realServers: [{ host: c }] }
timeouts: { tcp: 30 }
`;

test("a topology becomes a cluster with nothing left open", () => {
  const { cluster } = checkTopology(text, "a.yaml");
  expect(cluster?.hosts.get("a")).toMatchObject({
    name: "a",
    platform: { id: "centos-7", systemd: 250, ipvsadm: "1.27" },
    init: "systemd",
    kernel: "3.10",
    addresses: [
      { interface: "eth1", ip: "10.0.0.1", prefix: 16, family: 4 },
      { interface: "eth1", ip: "fd00::1", prefix: 64, family: 6 },
      { interface: "eth0", ip: "10.0.1.1", prefix: 24, family: 4 },
    ],
    ssh: { user: "root", address: "10.0.0.1", port: 2222 },
    reassert: 0,
  });
  expect(cluster?.hosts.get("b")).toMatchObject({
    platform: { ipvsadm: "1.30", systemd: 250 },
    init: "sysv",
    kernel: "4.19",
    ssh: { user: "pi", address: "172.16.0.2", port: 2222 },
  });
  expect(cluster?.hosts.get("c")).toMatchObject({ reassert: 30, ssh: { address: "c.example.net" } });
  expect(cluster?.directors).toEqual({
    hosts: ["a"],
    engine: "ipvsadm",
    asRealServer: "refuse",
    connectionSync: null,
    vrrp: {
      virtualRouterId: 51,
      advertInterval: 1,
      preempt: false,
      unicast: true,
      interface: null,
      authPassword: null,
      track: [],
      addresses: [],
    },
    announce: null,
    drained: [],
    notification: null,
  });
  expect(cluster?.floating).toEqual([]);
  expect(cluster?.timeouts).toEqual({ tcp: 30, tcpFin: 120, udp: 300 });
  expect(cluster?.services.map(({ interfaces }) => [...interfaces])).toEqual([
    [["a", "eth0"]],
    [["a", "eth0"]],
  ]);
});

test("a real server's address is the one on the director's segment, and the rest has defaults", () => {
  const [web] = checkTopology(text, "a.yaml").cluster?.services ?? [];
  expect(web).toMatchObject({ protocol: "tcp", scheduler: "wlc", family: 4, pointer: "/virtualServices/0" });
  const tunnel = { type: "ipip", port: 0 };
  const common = { port: 80, forwarding: "dr", tunnel, upperThreshold: 0, lowerThreshold: 0 };
  expect(web?.realServers).toEqual([
    { host: "b", address: "10.0.0.2", weight: 0, ...common, pointer: "/virtualServices/0/realServers/0" },
    { host: "c", address: "10.0.0.3", weight: 1, ...common, pointer: "/virtualServices/0/realServers/1" },
    { host: null, address: "10.0.0.9", weight: 1, ...common, pointer: "/virtualServices/0/realServers/2" },
  ]);
});

test("announcing directors have every VIP on lo, and a scheduler by which they choose alike", () => {
  const topology = parse(text);
  topology.directors = {
    hosts: ["a", "d"],
    announce: { bgp: { asn: 65010, neighbors: [{ address: "10.0.0.254", asn: 65000, password: "s3cr3t" }] } },
    drained: ["d"],
  };
  topology.hosts.d = { interfaces: { lan: "10.0.0.4/16" } };
  topology.hosts.a = { ...topology.hosts.a, os: "debian-12", kernel: "4.19" };
  const clusterOf = (): Cluster | null => checkTopology(stringify(topology), "a.yaml").cluster;
  expect(clusterOf()?.directors).toMatchObject({
    announce: {
      asn: 65010,
      neighbors: [
        {
          address: "10.0.0.254",
          family: 4,
          asn: 65000,
          multihop: false,
          pointer: "/directors/announce/bgp/neighbors/0",
        },
      ],
      holdTime: 9,
      med: null,
      communities: [],
      daemon: "bird",
      when: "all",
    },
    drained: ["d"],
  });
  expect(clusterOf()?.directors.announce?.neighbors[0]?.password?.reveal()).toBe("s3cr3t");
  const scheduling = () =>
    clusterOf()?.services.map(({ interfaces, scheduler, schedulerFlags }) => [
      ...interfaces.values(),
      scheduler,
      ...schedulerFlags,
    ]);
  // What the topology says stays.
  expect(scheduling()).toEqual([
    ["lo", "lo", "mh", "mh-fallback", "mh-port"],
    ["lo", "lo", "rr"],
  ]);
  topology.virtualServices[0].schedulerFlags = [];
  expect(scheduling()?.[0]).toEqual(["lo", "lo", "mh"]);
  // Without mh in a kernel.
  delete topology.virtualServices[0].schedulerFlags;
  topology.hosts.a.kernel = "4.15";
  expect(scheduling()?.[0]).toEqual(["lo", "lo", "sh", "sh-fallback", "sh-port"]);
});

test.each([
  [undefined, 200],
  [204, 204],
  [[204], 204],
  ["200-299", ["200-299"]],
  [
    [200, "300-308"],
    ["200", "300-308"],
  ],
])("the status %j of a health check is %j", (status, expected) => {
  const topology = parse(text);
  topology.directors.engine = "keepalived";
  topology.hosts.a.versions = { keepalived: "2.2.8" };
  topology.virtualServices[0].healthCheck = { type: "http", status };
  const [web] = checkTopology(stringify(topology), "a.yaml").cluster?.services ?? [];
  expect(web?.healthCheck?.status).toEqual(expected);
});

test("a topology of floating addresses alone has no directors, and each address its defaults", () => {
  const { cluster, diagnostics } = checkTopology(
    `version: 1
name: vip
defaults: { os: debian-12 }
hosts: { "lb[1:2]": { interfaces: { eth0: "192.0.2.[11:12]/24", eth1: "10.0.0.[11:12]/24" } } }
floatingAddresses: [{ name: web, address: 192.0.2.10/24, hosts: ["lb[1:2]"] }]
`,
    "vip.yaml",
  );
  expect(diagnostics).toEqual([]);
  expect(cluster).toMatchObject({
    directors: { hosts: [], engine: "keepalived" },
    services: [],
    timeouts: null,
  });
  expect(cluster?.floating).toEqual([
    {
      name: "web",
      ip: "192.0.2.10",
      prefix: 24,
      family: 4,
      interfaces: new Map([
        ["lb1", "eth0"],
        ["lb2", "eth0"],
      ]),
      members: [
        { host: "lb1", priority: null },
        { host: "lb2", priority: null },
      ],
      virtualRouterId: 51,
      advertInterval: 1,
      preempt: false,
      preemptDelay: 0,
      unicast: true,
      track: [],
      notify: null,
      notifyOn: {},
      runOnMaster: [],
      garp: { delay: 5, repeat: 5, refresh: 60, refreshRepeat: 1 },
      bindBeforehand: true,
      pointer: "/floatingAddresses/0",
    },
  ]);
});
