/** Clusters made by hand, so that the lab's tests depend on nothing but its input. */

import type { Platform } from "../../src/plan/platforms.ts";
import type { Cluster, Host, VirtualService } from "../../src/topology/model.ts";

const CENTOS: Platform = {
  id: "centos-7",
  family: "centos",
  title: "CentOS 7",
  kernel: "3.10",
  inits: ["systemd", "sysv"],
  systemd: 219,
  ipvsadm: "1.27",
  packageManager: "yum",
  runDirectory: "/run",
  archived: true,
  missingSchedulers: [],
};

const DEBIAN: Platform = { ...CENTOS, id: "debian-9", family: "debian", title: "Debian 9", kernel: "4.9" };

export interface ThreeHosts {
  readonly network: string;
  readonly device: string;
  readonly director: readonly [string, number];
  readonly realServers: readonly (readonly [string, number])[];
  readonly vip: number;
  readonly scheduler: string;
}

/** One director and some real servers on one /24, HTTP in direct routing. */
export function cluster(shape: ThreeHosts): Cluster {
  const [directorName] = shape.director;
  const hosts = [
    host(shape, shape.director, CENTOS),
    ...shape.realServers.map((entry) => host(shape, entry, DEBIAN)),
  ];
  const service: VirtualService = {
    name: "web",
    vip: `${shape.network}.${shape.vip}`,
    family: 4,
    port: 80,
    protocol: "tcp",
    scheduler: shape.scheduler,
    interfaces: new Map([[directorName, shape.device]]),
    realServers: shape.realServers.map(([name, last], index) => ({
      host: name,
      address: `${shape.network}.${last}`,
      port: 80,
      weight: 1,
      forwarding: "dr",
      upperThreshold: 0,
      lowerThreshold: 0,
      pointer: `/virtualServices/0/realServers/${index}`,
    })),
    pointer: "/virtualServices/0",
  };
  return {
    name: "hand-made",
    hosts: new Map(hosts.map((made) => [made.name, made])),
    directors: { hosts: [directorName], engine: "ipvsadm" },
    services: [service],
    timeouts: null,
  };
}

function host(shape: ThreeHosts, [name, last]: readonly [string, number], platform: Platform): Host {
  const ip = `${shape.network}.${last}`;
  return {
    name,
    platform,
    init: "systemd",
    kernel: platform.kernel,
    addresses: [{ interface: shape.device, ip, prefix: 24, family: 4 }],
    ssh: { user: "root", address: ip, port: 22 },
    reassert: 0,
  };
}

/** The seeds' own clusters. */
export const SEED_CLUSTERS = {
  "000": cluster({
    network: "192.168.1",
    device: "eth0",
    director: ["pi1", 114],
    realServers: [
      ["pi2", 107],
      ["pi3", 108],
    ],
    vip: 200,
    scheduler: "rr",
  }),
  "002": cluster({
    network: "192.168.255",
    device: "eno16777736",
    director: ["lvs", 103],
    realServers: [
      ["rs1", 104],
      ["rs2", 105],
    ],
    vip: 111,
    scheduler: "rr",
  }),
  "004": cluster({
    network: "192.168.222",
    device: "ens33",
    director: ["aming02", 129],
    realServers: [
      ["aming01", 128],
      ["aming03", 130],
    ],
    vip: 100,
    scheduler: "wrr",
  }),
} as const;
