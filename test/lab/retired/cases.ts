/** Pairs of topologies: on one host the second has no part for what the first recorded. */

export interface Retired {
  readonly what: string;
  readonly host: string;
  readonly first: object;
  readonly second: object;
  /** Kinds of the record that the second's script cannot release by itself. */
  readonly kinds: readonly string[];
  /** What is on the host before, in shell. */
  readonly prepare?: string;
}

/** Of the lab, and of every topology of it. */
const hosts = {
  lvs: { interfaces: { eth0: "10.7.0.1/24", eth1: "10.8.0.1/24" } },
  lvs2: { interfaces: { eth0: "10.7.0.2/24", eth1: "10.8.0.2/24" } },
  rs: { interfaces: { eth0: "10.7.0.11/24" } },
};

interface Variant {
  readonly defaults?: object;
  readonly rs?: object;
  readonly directors?: object;
  readonly service?: object;
  readonly top?: object;
}

function topologyOf({ defaults, rs, directors, service, top }: Variant): object {
  return {
    version: 1,
    name: "retired",
    defaults: { os: "debian-12", ...defaults },
    hosts: { ...hosts, rs: { ...hosts.rs, ...rs } },
    directors: { hosts: ["lvs"], ...directors },
    virtualServices: [
      {
        name: "web",
        vip: "10.7.0.200",
        port: 80,
        scheduler: "rr",
        realServers: [{ host: "rs" }],
        ...service,
      },
    ],
    ...top,
  };
}

const nat = (returnPath: string) => ({ forwarding: "nat", vip: "10.8.0.200", nat: { returnPath } });
const plain = topologyOf({});
const masqueraded = topologyOf({ service: nat("masquerade") });
const keepalived = { engine: "keepalived", hosts: ["lvs", "lvs2"] };

/** The lab has every host that any of them has, and what keepalived needs of the kernel. */
export const labTopology = topologyOf({ directors: keepalived });

export const retired: readonly Retired[] = [
  { what: "direct routing", host: "rs", kinds: ["sysctl", "address"], first: plain, second: masqueraded },
  {
    what: "a tunnel",
    host: "rs",
    kinds: ["link"],
    first: topologyOf({ service: { forwarding: "tun" } }),
    second: plain,
  },
  {
    what: "a tunnel of GUE",
    host: "rs",
    kinds: ["link", "fou"],
    first: topologyOf({
      service: {
        forwarding: "tun",
        realServers: [{ host: "rs", tunnel: { type: "gue", port: 6080 } }],
      },
    }),
    second: plain,
  },
  {
    what: "answers by a rule",
    host: "rs",
    kinds: ["route", "rule"],
    first: topologyOf({ service: nat("source-rule") }),
    second: plain,
  },
  {
    what: "answers by the default route",
    host: "rs",
    kinds: ["default_route"],
    first: topologyOf({ service: nat("default-gateway") }),
    second: plain,
  },
  {
    what: "an opening",
    host: "rs",
    kinds: ["iptables", "opening"],
    first: topologyOf({ defaults: { firewall: "apply" } }),
    second: plain,
    // A chain that holds everything back. The lab's kernel has no nft: test/shell tries its rules.
    prepare: "iptables -P INPUT DROP",
  },
  {
    what: "a mark and timeouts",
    host: "lvs",
    kinds: ["nft", "iptables", "timeouts"],
    first: topologyOf({
      service: { port: undefined, fwmark: 7, ports: [80, 443] },
      top: { timeouts: { tcp: 600, tcpFin: 60, udp: 120 } },
    }),
    second: plain,
  },
  {
    what: "connection sync",
    host: "lvs",
    kinds: ["sync_daemon"],
    first: topologyOf({ directors: { connectionSync: { interface: "eth1" } } }),
    second: plain,
  },
  {
    what: "keepalived",
    host: "lvs",
    kinds: ["keepalived"],
    first: topologyOf({ directors: keepalived }),
    second: plain,
  },
];

/** What the scripts of 0.1.0 recorded as they were rendered (test/fixtures/0.1.0), they alone release. */
export interface Earlier {
  readonly what: string;
  readonly host: string;
  readonly second: object;
}

export function afterEarlier(piLab: { readonly virtualServices: readonly object[] }): readonly Earlier[] {
  const services = piLab.virtualServices.map((service) => ({
    ...service,
    ...nat("masquerade"),
    vip: "192.168.1.200",
  }));
  return [
    { what: "a real server of 0.1.0", host: "pi2", second: { ...piLab, virtualServices: services } },
    { what: "a director of 0.1.0", host: "pi1", second: { ...piLab, timeouts: undefined } },
  ];
}
