/** Directors that announce their VIPs by BGP, in one network or two: topologies that a generator thinks of. */

import fc from "fast-check";

const os = fc.constantFrom("debian-11", "debian-12", "debian-13");

const service = fc.record({
  vip: fc.integer({ min: 10, max: 12 }),
  protocol: fc.constantFrom("tcp", "udp", "sctp"),
  scheduling: fc.constantFrom<object>(
    {},
    { scheduler: "sh" },
    { scheduler: "mh", schedulerFlags: ["mh-fallback"] },
  ),
  marked: fc.boolean(),
  checked: fc.boolean(),
  onePacket: fc.boolean(),
  quorum: fc.constantFrom(1, 2),
  weights: fc.array(fc.constantFrom(0, 1, 3), { minLength: 1, maxLength: 3 }),
});

const bgp = fc.record({
  asn: fc.constantFrom(65010, 4200000000),
  multihop: fc.boolean(),
  password: fc.constantFrom<object>({}, { password: "s3cr3t" }),
  settings: fc.record(
    {
      holdTime: fc.constantFrom(3, 30),
      med: fc.constantFrom(0, 100),
      communities: fc.constantFrom([], ["65010:100", "65010:1:2"]),
    },
    { requiredKeys: [] },
  ),
});

/** Directors are in 10.1.0.0/24 and 10.2.0.0/24 in turn, servers in 10.9.0.0/24, which is another's: tun reaches them. */
export const announcingTopology = fc
  .record({
    os,
    engine: fc.constantFrom("keepalived", "ipvsadm"),
    directors: fc.integer({ min: 1, max: 3 }),
    drains: fc.boolean(),
    daemon: fc.constantFrom("bird", "none"),
    when: fc.constantFrom("all", "any"),
    firewall: fc.constantFrom("print", "apply"),
    bgp,
    services: fc.array(service, { minLength: 1, maxLength: 4 }),
  })
  .map(({ os: each, engine, directors, drains, daemon, when, firewall, bgp: settings, services }) => {
    const names = Array.from({ length: directors }, (_, index) => `lb${index}`);
    const servers = [0, 1, 2].map((index) => `rs${index}`);
    const withKeepalived = engine === "keepalived";
    return {
      version: 1,
      name: "generated",
      defaults: { os: each, firewall },
      hosts: Object.fromEntries([
        ...names.map((name, at) => [name, { interfaces: { eth0: `10.${1 + (at % 2)}.0.${11 + at}/24` } }]),
        ...servers.map((name, at) => [name, { interfaces: { eth0: `10.9.0.${21 + at}/24` } }]),
      ]),
      directors: {
        hosts: names,
        engine,
        ...(drains && directors > 1 ? { drained: [names.at(-1)] } : {}),
        announce: {
          daemon,
          when,
          bgp: {
            asn: settings.asn,
            neighbors: neighborsOf(directors, settings),
            ...settings.settings,
          },
        },
      },
      virtualServices: services.map(
        ({ vip, marked, checked, onePacket, quorum, weights, ...others }, index) => ({
          name: `service-${index}`,
          vip: `203.0.113.${vip}`,
          // Ports of its own, so that services never overlap.
          ...(marked
            ? { fwmark: index + 1, ports: [1000 + 10 * index, 1001 + 10 * index] }
            : { port: 80 + index }),
          protocol: others.protocol,
          ...others.scheduling,
          ...(others.protocol === "udp" && onePacket ? { onePacket } : {}),
          ...(withKeepalived && checked ? { healthCheck: { type: "ping" } } : {}),
          ...(withKeepalived && weights.some((weight) => weight >= quorum) ? { quorum } : {}),
          realServers: weights.map((weight, at) => ({ host: servers[at], weight, forwarding: "tun" })),
        }),
      ),
    };
  });

/** A router in each of the directors' networks, or one far away. */
function neighborsOf(
  directors: number,
  { multihop, password }: { multihop: boolean; password: object },
): object[] {
  if (multihop) return [{ address: "192.0.2.1", asn: 65000, multihop, ...password }];
  const networks = directors > 1 ? [1, 2] : [1];
  return networks.map((network) => ({ address: `10.${network}.0.1`, asn: 65000 + network, ...password }));
}
