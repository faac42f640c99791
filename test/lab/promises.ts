/** A cluster with a service for each promise that a scheduler, a flag, a persistence or a kind of traffic makes. */

interface Service {
  readonly scheduler: string;
  readonly [property: string]: unknown;
}

const heavy = { rs1: 3, rs2: 1 };

/** By name; one VIP has them all, at a port each. */
const services: Readonly<Record<string, Service & { readonly weights?: Readonly<Record<string, number>> }>> =
  {
    rr: { scheduler: "rr" },
    wrr: { scheduler: "wrr", weights: heavy },
    lc: { scheduler: "lc" },
    wlc: { scheduler: "wlc", weights: heavy },
    sed: { scheduler: "sed", weights: heavy },
    nq: { scheduler: "nq", weights: heavy },
    sh: { scheduler: "sh" },
    "sh-port": { scheduler: "sh", schedulerFlags: ["sh-port"] },
    mh: { scheduler: "mh" },
    "mh-port": { scheduler: "mh", schedulerFlags: ["mh-port"] },
    dh: { scheduler: "dh" },
    lblc: { scheduler: "lblc" },
    lblcr: { scheduler: "lblcr" },
    fo: { scheduler: "fo", weights: { rs1: 1, rs2: 3 } },
    ovf: { scheduler: "ovf", weights: heavy },
    sticky: { scheduler: "rr", persistence: { timeout: 300 } },
    "sticky-wrr": { scheduler: "wrr", weights: heavy, persistence: {} },
    "sticky-net": { scheduler: "rr", persistence: { netmask: "255.255.255.0" } },
    marked: { scheduler: "rr", fwmark: 7, ports: [8080, 8443] },
    "marked-sticky": { scheduler: "rr", fwmark: 8, ports: [9000, "9002-9003"], persistence: {} },
    udp: { scheduler: "rr", protocol: "udp" },
    "one-packet": { scheduler: "rr", protocol: "udp", onePacket: true },
    sip: { scheduler: "rr", protocol: "udp", persistence: { engine: "sip" } },
    sctp: { scheduler: "rr", protocol: "sctp" },
    "lc-nat": { scheduler: "lc", forwarding: "nat", nat: { returnPath: "masquerade" } },
    "sh-tun": { scheduler: "sh", forwarding: "tun" },
  };

/** IPv6 has these as well. */
const alsoIpv6 = ["wrr", "lc", "sh", "one-packet", "sticky", "marked", "lc-nat", "sh-tun"];

/** IPVS takes netmasks of its own family only. */
export const promising = {
  version: 1,
  name: "promising",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: ["10.7.0.1/24", "fd07::1/64"] } },
    rs1: { interfaces: { eth0: ["10.7.0.11/24", "fd07::11/64"] } },
    rs2: { interfaces: { eth0: ["10.7.0.12/24", "fd07::12/64"] } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [
    ...Object.keys(services).map((name, index) => serviceOf(name, name, "10.7.0.100", 1000 + index)),
    ...alsoIpv6.map((name, index) => serviceOf(`${name}-v6`, name, "fd07::100", 1000 + index)),
  ],
};

function serviceOf(name: string, kind: string, vip: string, port: number): object {
  const { weights = {}, ...service } = services[kind] ?? { scheduler: "rr" };
  return {
    name,
    vip,
    ...(service.fwmark === undefined ? { port } : {}),
    ...service,
    realServers: ["rs1", "rs2"].map((host) => ({
      host,
      ...(weights[host] === undefined ? {} : { weight: weights[host] }),
    })),
  };
}

/** What the lab sees of each that is not left to a hash: counts of rs1 and rs2, in the words of the report. */
export const figures: Readonly<Record<string, string>> = {
  rr: "10/10",
  wrr: "15/5",
  lc: "10/10 held",
  wlc: "15/5 held",
  sed: "15/5 held",
  nq: "15/5 held",
  lblc: "1/1 of 2 that stay",
  lblcr: "1/1 of 2 that stay",
  fo: "0/20",
  ovf: "4/1 held",
  sticky: "4/4 of 8 that stay",
  "sticky-wrr": "6/2 of 8 that stay",
  marked: "10/10",
  "marked-sticky": "4/4 of 8 that stay",
  udp: "10/10",
  "one-packet": "10/10 of one socket",
  sip: "4/4 of 8 that stay",
  sctp: "10/10",
  "lc-nat": "10/10 held",
  "wrr-v6": "15/5",
  "lc-v6": "10/10 held",
  "one-packet-v6": "10/10 of one socket",
  "sticky-v6": "4/4 of 8 that stay",
  "marked-v6": "10/10",
  "lc-nat-v6": "10/10 held",
};

/** A server that takes five connections, and one that takes all. */
export const limited = {
  ...promising,
  name: "limited",
  virtualServices: [
    { name: "four", vip: "10.7.0.100", port: 80, forwarding: "dr" },
    { name: "six", vip: "fd07::100", port: 80, forwarding: "nat", nat: { returnPath: "masquerade" } },
  ].map((service) => ({
    ...service,
    scheduler: "rr",
    realServers: [{ host: "rs1", upperThreshold: 5, lowerThreshold: 3 }, { host: "rs2" }],
  })),
};
