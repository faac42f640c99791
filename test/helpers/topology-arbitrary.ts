/** Topologies that a generator thinks of, as text: what lvsgen is given in life. */

import fc from "fast-check";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { announcingTopology } from "./announce-arbitrary.ts";
import { floatingAddresses, floatingShapes } from "./floating-arbitrary.ts";

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

/** One director and 1 to 6 real servers on one subnet by direct routing, as every operating system can. */
const plainTopology = fc
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

/** Those whose kernels and tools have all of the below. */
const recentOsIds = ["almalinux-9", "centos-9", "debian-11", "debian-12", "debian-13", "rocky-9"];

const recentHost = fc.record({
  os: fc.constantFrom(...recentOsIds),
  interface: fc.constantFrom(...interfaceNames),
});

const anyService = fc.record({
  family: fc.constantFrom(4, 6),
  vip: fc.integer({ min: 200, max: 203 }),
  protocol: fc.constantFrom("tcp", "udp", "sctp"),
  scheduler: fc.constantFrom(...schedulers, "fo", "ovf", "mh"),
  marked: fc.boolean(),
  persistence: fc.constantFrom("none", "plain", "network", "sip"),
  onePacket: fc.boolean(),
  returnPath: fc.constantFrom("source-rule", "default-gateway", "masquerade"),
  servers: fc.uniqueArray(
    fc.record({ number: fc.integer({ min: 0, max: 3 }), forwarding: fc.constantFrom("dr", "nat", "tun") }),
    { minLength: 1, maxLength: 4, selector: ({ number }) => number },
  ),
});

type AnyService = typeof anyService extends fc.Arbitrary<infer T> ? T : never;

const networks = {
  4: { before: "10.0.0.", netmask: "255.255.255.0", length: 24 },
  6: { before: "fd00::", netmask: 64, length: 64 },
} as const;

/** What is between a host's addresses and its VIPs: one kind of tunnel for a VIP, as a host has one end for it. */
const tunnels = ["ipip", "gue", "gre"];

function serviceOf(service: AnyService, index: number, hosts: number): object {
  const { family, vip, protocol, scheduler, marked, persistence, onePacket, returnPath, servers } = service;
  const { before, netmask } = networks[family as 4 | 6];
  const isUdp = protocol === "udp";
  const forms: Readonly<Record<string, object | undefined>> = {
    plain: { timeout: 60 + index },
    network: { netmask },
    sip: isUdp ? { engine: "sip" } : {},
  };
  const serverOf = (number: number, forwarding: string) => ({
    host: `rs${number}`,
    forwarding,
    ...(forwarding === "nat" && !marked ? { port: 8000 + index } : {}),
    ...(forwarding === "tun" ? { tunnel: { type: tunnels[vip % tunnels.length] } } : {}),
  });
  return {
    name: `service-${index}`,
    vip: `${before}${vip}`,
    // Ports of its own, so that services never overlap.
    ...(marked
      ? { fwmark: index + 1, ports: [1000 + 10 * index, `${1001 + 10 * index}-${1008 + 10 * index}`] }
      : { port: 80 + index }),
    protocol,
    scheduler,
    ...(forms[persistence] === undefined ? {} : { persistence: forms[persistence] }),
    ...(isUdp && onePacket ? { onePacket } : {}),
    nat: { returnPath },
    realServers: [
      ...new Map(servers.map(({ number, forwarding }) => [number % hosts, forwarding])).entries(),
    ].map(([number, forwarding]) => serverOf(number, forwarding)),
  };
}

interface Named {
  readonly name: string;
  readonly host: { readonly os: string; readonly interface: string };
  /** Of its addresses in both networks. */
  readonly last: number;
}

function hostsOf(named: readonly Named[]): object {
  const addresses = (last: number): string[] =>
    Object.values(networks).map(({ before, length }) => `${before}${last}/${length}`);
  return Object.fromEntries(
    named.map(({ name, host, last }) => [
      name,
      { os: host.os, interfaces: { [host.interface]: addresses(last) } },
    ]),
  );
}

/** Every way to forward and to select, in both families, on one subnet of each; some real servers have floating addresses. */
const anyTopology = fc
  .record({
    director: recentHost,
    hosts: fc.array(recentHost, { minLength: 1, maxLength: 4 }),
    services: fc.array(anyService, { minLength: 1, maxLength: 5 }),
    firewall: fc.constantFrom("print", "apply"),
    floating: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, floatingShapes(1)),
  })
  .map(({ director, hosts, services, firewall, floating }) => {
    const others = hosts.map((host, index) => ({ name: `rs${index}`, host, last: index + 1 }));
    const names = others.map(({ name }) => name);
    return {
      version: 1,
      name: "generated",
      defaults: { firewall },
      hosts: hostsOf([{ name: "dr", host: director, last: 250 }, ...others]),
      directors: { hosts: ["dr"] },
      virtualServices: services.map((service, index) => serviceOf(service, index, hosts.length)),
      ...(floating.length === 0 ? {} : { floatingAddresses: floatingAddresses(floating, names) }),
    };
  });

/** Addresses that move, without any service. */
const floatingTopology = fc
  .record({
    hosts: fc.array(recentHost, { minLength: 1, maxLength: 4 }),
    firewall: fc.constantFrom("print", "apply"),
    floating: floatingShapes(1),
  })
  .map(({ hosts, firewall, floating }) => {
    const named = hosts.map((host, index) => ({ name: `lb${index}`, host, last: index + 1 }));
    return {
      version: 1,
      name: "generated",
      defaults: { firewall },
      hosts: hostsOf(named),
      floatingAddresses: floatingAddresses(
        floating,
        named.map(({ name }) => name),
      ),
    };
  });

/** A topology as its input would be written. */
export const topologyArbitrary = fc.oneof(plainTopology, anyTopology, floatingTopology, announcingTopology);

export const clusterArbitrary: fc.Arbitrary<Cluster> = topologyArbitrary.map((topology) => {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "generated.json");
  if (cluster === null)
    throw new Error(`the generator made an invalid topology: ${JSON.stringify(diagnostics)}`);
  return cluster;
});
