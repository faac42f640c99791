/** Topologies that ask keepalived for everything it may be asked for: every way with every check in either family. */

import type { Interfaces } from "./keepalived.ts";

/** Of the first director. */
export const interfaces: Interfaces = {
  eth0: ["10.1.0.2/24", "fd00:1::2/64"],
  "eth0.100": ["10.2.0.2/24", "fd00:2::2/64"],
  eth1: ["10.3.0.2/24", "fd00:3::2/64"],
};

const networks = {
  4: {
    vip: "10.1.0.200",
    outer: "10.1.0.",
    inner: "10.2.0.",
    far: "10.9.0.",
    link: "10.3.0.",
    prefix: 24,
    netmask: "255.255.255.0",
  },
  6: {
    vip: "fd00:1::200",
    outer: "fd00:1::",
    inner: "fd00:2::",
    far: "fd00:9::",
    link: "fd00:3::",
    prefix: 64,
    netmask: 64,
  },
} as const;

const ways = [
  { service: { forwarding: "dr" }, server: {}, network: "outer" },
  { service: { forwarding: "nat" }, server: {}, network: "inner" },
  { service: { forwarding: "tun" }, server: {}, network: "far" },
  { service: { forwarding: "tun" }, server: { tunnel: { type: "gue" } }, network: "far" },
  { service: { forwarding: "tun" }, server: { tunnel: { type: "gre" } }, network: "far" },
  { service: { forwarding: "tun" }, server: { forwarding: "nat" }, network: "inner" },
] as const;

/** What is special to shells, to keepalived's readers of lines, and to both. */
export const oddArguments = [
  "my  db",
  "it's",
  'say "no"',
  "back\\slash",
  "# ! $HOME ${x}",
  "{ } {}",
  "a;b|c>d*",
  "@~=",
];

const checks = [
  null,
  {
    type: "http",
    path: "/health?a=b&c=%20:@~",
    virtualHost: "www.example.net",
    status: [204, "300-308", 401],
  },
  { type: "https", virtualHost: "www.example.net", digest: "640205b7b0fc66c1ea91c463fac6334d" },
  { type: "tcp", interval: 0.5, timeout: 0.3, delayBeforeRetry: 0.1, retries: 0 },
  { type: "dns", name: "example.net", recordType: "TXT" },
  { type: "smtp", helo: "lvs.example.net" },
  { type: "udp", payload: "00ff00" },
  { type: "ping" },
  {
    type: "script",
    command: "/usr/bin/true",
    arguments: ["--url=http://[{address}]/?a=b&c", ...oddArguments],
  },
] as const;

const protocols = ["tcp", "udp", "sctp"] as const;
const schedulers = [
  { scheduler: "rr" },
  { scheduler: "sh", schedulerFlags: ["sh-port", "sh-fallback"] },
  { scheduler: "mh", schedulerFlags: ["mh-port", "mh-fallback"] },
  { scheduler: "wlc" },
  { scheduler: "twos" },
];

/** Every scheduler there is, in kernels newer than Debian 12's own. */
const newest = { os: "debian-12", kernel: "6.12" };

/** Every way with every check in either family; what else there is goes round. */
export const cases = ([4, 6] as const).flatMap((family) =>
  ways.flatMap((way, at) =>
    checks.map((check, index) => ({ family, way, check, turn: at * checks.length + index })),
  ),
);

export type Case = (typeof cases)[number];

/** @param defaults of all hosts: which system, and which kernel */
export function topologyOf({ family, way, check, turn }: Case, defaults: object = newest) {
  const net = networks[family];
  const protocol = protocols[turn % 3] ?? "tcp";
  const marked = turn % 4 === 1;
  const persistences = [
    {},
    { persistence: { timeout: 60 } },
    { persistence: { netmask: net.netmask } },
    protocol === "udp" ? { persistence: { engine: "sip" } } : {},
  ];
  const hasLink = turn % 7 === 3;
  const own = (network: "outer" | "inner" | "far" | "link", last: number) =>
    `${net[network]}${last}/${net.prefix}`;
  const second = way.network === "inner" && "forwarding" in way.server ? "far" : way.network;
  const host = (network: "outer" | "inner" | "far", last: number) => ({
    interfaces: { eth0: own(network, last) },
    ...(network === "far" ? { gateway: `${net.far}1` } : {}),
  });
  const needsPort = check !== null && !["ping", "script"].includes(check.type);
  const isSorry = check !== null && turn % 3 === 1;
  // By the service's method, or by one of its own.
  const sorry =
    way.network === "far" && turn % 2 === 0
      ? ({ network: "inner", own: { forwarding: "nat" } } as const)
      : { network: second, own: {} };
  return {
    version: 1,
    name: "matrix",
    defaults,
    hosts: {
      ...Object.fromEntries(
        [2, 3].map((last) => [
          `lvs${last}`,
          {
            interfaces: {
              eth0: own("outer", last),
              "eth0.100": own("inner", last),
              ...(hasLink ? { eth1: own("link", last) } : {}),
            },
            gateway: `${net.outer}1`,
          },
        ]),
      ),
      rs11: host(way.network, 11),
      rs12: host(second, 12),
      ...(isSorry ? { rs13: host(sorry.network, 13) } : {}),
    },
    directors: {
      hosts: ["lvs2", "lvs3"],
      engine: "keepalived",
      vrrp: {
        advertInterval: turn % 5 === 0 ? 0.3 : 1,
        preempt: turn % 2 === 0,
        unicast: turn % 3 !== 0,
        ...(hasLink ? { interface: "eth1" } : {}),
        addresses: [{ address: `${net.inner}29/${net.prefix}`, virtualRouterId: 52 }],
        ...(family === 4 && turn % 5 !== 0 ? { authPassword: "s3cr3t" } : {}),
      },
      ...(turn % 2 === 0
        ? { notification: { emails: ["root@example.net"], from: "lvs@example.net", smtpServer: "127.0.0.1" } }
        : {}),
      connectionSync: {
        interface: "eth0",
        ...(family === 6 ? { group: "ff05::81" } : {}),
        ...(turn % 3 === 0 ? { syncId: 7, port: 8849, ttl: 2 } : {}),
      },
    },
    virtualServices: [
      {
        name: "service",
        vip: net.vip,
        ...(marked ? { fwmark: 4294967295, ports: [80, "8000-8010"] } : { port: 5060 }),
        protocol,
        ...schedulers[turn % schedulers.length],
        ...way.service,
        ...persistences[turn % 4],
        ...(protocol === "udp" && turn % 4 === 0 ? { onePacket: true } : {}),
        ...(check === null
          ? {}
          : { healthCheck: { ...check, ...(marked && needsPort ? { port: 80 } : {}) } }),
        ...(turn % 2 === 0 ? { quorum: 2 } : {}),
        ...(isSorry ? { sorryServer: { host: "rs13", ...sorry.own } } : {}),
        realServers: [
          {
            host: "rs11",
            weight: turn % 7 === 0 ? 0 : 2,
            upperThreshold: 100,
            lowerThreshold: 50,
            ...way.server,
          },
          { host: "rs12", weight: 2 },
        ],
      },
    ],
  };
}
