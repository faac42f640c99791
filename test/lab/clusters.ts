/** The seeds' clusters, as topologies. */

import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";

export interface ThreeHosts {
  readonly network: string;
  readonly device: string;
  readonly director: readonly [string, number];
  readonly realServers: readonly (readonly [string, number])[];
  readonly vip: number;
  readonly scheduler: string;
  /** Of the real servers in order; 1 each unless given. */
  readonly weights?: readonly number[];
  /** Upper ones; none unless given. */
  readonly thresholds?: readonly number[];
}

/** One director and some real servers on one /24, HTTP in direct routing. */
export function cluster(shape: ThreeHosts): Cluster {
  const { network, device, director, realServers, vip, scheduler } = shape;
  const host = ([name, last]: readonly [string, number], os: string) => [
    name,
    { os, interfaces: { [device]: `${network}.${last}/24` } },
  ];
  const topology = {
    version: 1,
    name: "hand-made",
    hosts: Object.fromEntries([
      host(director, "centos-7"),
      ...realServers.map((server) => host(server, "debian-9")),
    ]),
    directors: { hosts: [director[0]] },
    virtualServices: [
      {
        name: "web",
        vip: `${network}.${vip}`,
        port: 80,
        scheduler,
        realServers: realServers.map(([name], index) => ({
          host: name,
          weight: shape.weights?.[index] ?? 1,
          upperThreshold: shape.thresholds?.[index] ?? 0,
        })),
      },
    ],
  };
  const { cluster: checked, diagnostics } = checkTopology(JSON.stringify(topology), "hand-made.json");
  if (checked === null) throw new Error(`not a topology: ${JSON.stringify(diagnostics)}`);
  return checked;
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
