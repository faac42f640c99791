/** Directors that announce a VIP by BGP: one in each of two racks, whose routers are the lab's. */

import type { Engine } from "../../src/topology/model.ts";

const racks = [
  { router: "10.9.1.254", asn: 65001 },
  { router: "10.9.2.254", asn: 65002 },
] as const;

const hostIn = (rack: 0 | 1, last: number) => ({
  interfaces: { eth0: `10.9.${rack + 1}.${last}/24` },
  gateway: racks[rack].router,
});

const neighbors = racks.map(({ router: address, asn }) => ({ address, asn }));

/** @param announce other settings than the usual */
export function announcing(
  announce: { readonly bgp?: object; readonly daemon?: "bird" | "none" } = {},
  engine: Engine = "keepalived",
) {
  return {
    version: 1,
    name: "announcing",
    defaults: { os: "debian-12" },
    hosts: {
      d1: hostIn(0, 1),
      rs1: hostIn(0, 11),
      d2: hostIn(1, 1),
      rs2: hostIn(1, 12),
      rs3: hostIn(1, 13),
    },
    directors: {
      hosts: ["d1", "d2"],
      engine,
      announce: { bgp: { asn: 65010, neighbors }, ...announce },
    },
    virtualServices: [
      {
        name: "web",
        vip: "203.0.113.100",
        port: 80,
        forwarding: "tun",
        ...(engine === "ipvsadm" ? {} : { healthCheck: { type: "tcp", interval: 1, retries: 0 } }),
        realServers: [{ host: "rs1" }, { host: "rs2" }, { host: "rs3" }],
      },
    ],
  };
}
