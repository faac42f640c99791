/** Clusters for old hosts: examples, and one of what old tools spell otherwise. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../helpers/lvsgen.ts";
import type { OldSystem } from "./systems.ts";

interface Topology {
  readonly virtualServices: readonly object[];
  readonly hosts: Readonly<Record<string, object>>;
  readonly [key: string]: unknown;
}

export const oldExamples = [
  "pi-lab",
  "centos7-sysv",
  "three-nodes",
  "forum-wrr",
  "nat-two-networks",
] as const;

/** One-packet and SIP services, thresholds, a mark, persistence by network, connection sync, timeouts, NAT's way back. */
export const spelledOtherwise: Topology = {
  version: 1,
  name: "spelled",
  hosts: {
    dr: { interfaces: { eth0: "10.8.0.1/24" } },
    rs: { interfaces: { eth0: "10.8.0.11/24" } },
  },
  directors: { hosts: ["dr"], connectionSync: { interface: "eth0", syncId: 7 } },
  virtualServices: [
    { name: "dns", vip: "10.8.0.100", port: 53, protocol: "udp", onePacket: true, scheduler: "rr" },
    {
      name: "sip",
      vip: "10.8.0.100",
      port: 5060,
      protocol: "udp",
      scheduler: "rr",
      persistence: { timeout: 60, engine: "sip" },
    },
    {
      name: "web",
      vip: "10.8.0.101",
      port: 80,
      scheduler: "wlc",
      persistence: { timeout: 300, netmask: "255.255.255.0" },
    },
    { name: "marked", vip: "10.8.0.102", fwmark: 7, ports: [80, 443], scheduler: "rr" },
    { name: "masked", vip: "10.8.0.103", port: 81, forwarding: "nat", scheduler: "rr" },
    { name: "wrapped", vip: "10.8.0.104", port: 82, forwarding: "tun", scheduler: "rr" },
  ].map((service) => ({
    ...service,
    realServers: [{ host: "rs", upperThreshold: 100, lowerThreshold: 50 }],
  })),
  timeouts: { tcp: 600, tcpFin: 60, udp: 120 },
};

export function exampleOf(name: string): Topology {
  return JSON.parse(readFileSync(join(repository, "examples", name, "topology.json"), "utf8"));
}

/** The topology with one system on every host. */
export function on({ os }: Pick<OldSystem, "os">, topology: Topology): object {
  const hosts = Object.entries(topology.hosts).map(([name, host]) => [
    name,
    { ...host, os, init: undefined, kernel: undefined, versions: undefined },
  ]);
  return { ...topology, defaults: { os }, hosts: Object.fromEntries(hosts) };
}
