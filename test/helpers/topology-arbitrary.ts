/** Topologies that a generator thinks of, as text: what lvsgen is given in life. */

import fc from "fast-check";
import { checkTopology } from "../../src/topology/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";

const osIds = [
  "centos-6",
  "centos-7",
  "centos-9",
  "debian-8",
  "debian-9",
  "debian-12",
  "raspbian-9",
  "raspbian-12",
  "rocky-9",
  "ubuntu-24.04",
];
const schedulers = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq"];
const interfaceNames = ["eth0", "ens33", "eno16777736", "eth0.100", "wlan0"];

const hostShape = fc.record({
  os: fc.constantFrom(...osIds),
  interface: fc.constantFrom(...interfaceNames),
});

const serviceShape = fc.record({
  vip: fc.integer({ min: 200, max: 203 }),
  protocol: fc.constantFrom("tcp", "udp"),
  scheduler: fc.constantFrom(...schedulers),
  servers: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }),
  weight: fc.integer({ min: 0, max: 65535 }),
  upper: fc.integer({ min: 0, max: 1000 }),
});

/** A topology of one director and 1 to 6 real servers on one subnet, as its input would be written. */
export const topologyArbitrary = fc
  .record({
    director: hostShape,
    hosts: fc.array(hostShape, { minLength: 1, maxLength: 6 }),
    services: fc.array(serviceShape, { minLength: 1, maxLength: 5 }),
    timeouts: fc.option(fc.record({ tcp: fc.integer({ min: 1, max: 100000 }) }), { nil: undefined }),
  })
  .map(({ director, hosts, services, timeouts }) => ({
    version: 1,
    name: "generated",
    hosts: Object.fromEntries([
      ["dr", { os: director.os, interfaces: { [director.interface]: "10.0.0.250/24" } }],
      ...hosts.map((host, index) => [
        `rs${index}`,
        { os: host.os, interfaces: { [host.interface]: `10.0.0.${index + 1}/24` } },
      ]),
    ]),
    directors: { hosts: ["dr"] },
    virtualServices: services.map((service, index) => ({
      name: `service-${index}`,
      vip: `10.0.0.${service.vip}`,
      // A port of its own, so that services never overlap.
      port: 80 + index,
      protocol: service.protocol,
      scheduler: service.scheduler,
      realServers: service.servers
        .map((number) => number % hosts.length)
        .filter((number, position, all) => all.indexOf(number) === position)
        .map((number) => ({ host: `rs${number}`, weight: service.weight, upperThreshold: service.upper })),
    })),
    ...(timeouts ? { timeouts } : {}),
  }));

export const clusterArbitrary: fc.Arbitrary<Cluster> = topologyArbitrary.map((topology) => {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "generated.json");
  if (cluster === null)
    throw new Error(`the generator made an invalid topology: ${JSON.stringify(diagnostics)}`);
  return cluster;
});
