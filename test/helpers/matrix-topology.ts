/** The matrix of everything that one virtual service can be, on every operating system; a row -> its topology. */

import { platforms } from "../../src/platforms/platforms.ts";
import { topologySchema } from "../../src/topology/schema.ts";
import type { Dimensions, Row } from "./pairwise.ts";

/** How a service forwards: its fields and its real servers', and the network that these are in. */
const ways: Readonly<Record<string, { service: object; server: object; network: Network }>> = {
  dr: { service: { forwarding: "dr" }, server: {}, network: "outer" },
  "nat source-rule": nat("source-rule"),
  "nat default-gateway": nat("default-gateway"),
  "nat masquerade": nat("masquerade"),
  "tun ipip": tun("ipip"),
  "tun gue": tun("gue"),
  "tun gre": tun("gre"),
};

function nat(returnPath: string) {
  return {
    service: { forwarding: "nat", nat: { returnPath } },
    server: {},
    network: "inner" as const,
  };
}

function tun(type: string) {
  return { service: { forwarding: "tun" }, server: { tunnel: { type } }, network: "far" as const };
}

type Network = "outer" | "inner" | "far";

/** The directors' two networks, and one behind a router; by IP version. */
const networks = {
  "4": { vip: "10.1.0.200", outer: "10.1.0.", inner: "10.2.0.", far: "10.9.0.", prefix: 24 },
  "6": { vip: "fd00:1::200", outer: "fd00:1::", inner: "fd00:2::", far: "fd00:9::", prefix: 64 },
} as const;

const selectors: Readonly<Record<string, object>> = {
  port: { port: 5060 },
  fwmark: { fwmark: 4294967295, ports: [80, 443, "8000-8010"] },
};

const persistences: Readonly<Record<string, (family: string) => object>> = {
  none: () => ({}),
  timeout: () => ({ persistence: { timeout: 600 } }),
  netmask: (family) => ({ persistence: { netmask: family === "4" ? "255.255.255.0" : 64 } }),
  sip: () => ({ persistence: { engine: "sip" } }),
};

const fieldsOfService = topologySchema.definitions?.virtualService?.properties ?? {};
const texts = (values: readonly unknown[] | undefined) => (values ?? []).map(String);

/** debian-13 goes with most of the rest. */
export const dimensions: Dimensions = {
  os: ["debian-13", ...[...platforms.keys()].filter((id) => id !== "debian-13")],
  scheduler: texts(fieldsOfService.scheduler?.enum),
  way: Object.keys(ways),
  persistence: Object.keys(persistences),
  protocol: texts(fieldsOfService.protocol?.enum),
  family: Object.keys(networks),
  selector: Object.keys(selectors),
  init: texts(topologySchema.definitions?.init?.enum),
};

/** One service of a director with two real servers; every host has the row's operating system. */
export function topologyOf(row: Row): unknown {
  const { os, init, scheduler, protocol } = row;
  const way = pick(ways, row.way);
  const net = pick(networks, row.family);
  const own = (network: Network, last: number) => `${net[network]}${last}/${net.prefix}`;
  const servers = [11, 12].map((last) => ({
    name: `rs${last}`,
    interfaces: { eth0: own(way.network, last) },
    ...(way.network === "far" ? { gateway: `${net.far}1` } : {}),
  }));
  return {
    version: 1,
    name: "matrix",
    defaults: { os, init },
    hosts: {
      lvs: { interfaces: { eth0: own("outer", 2), "eth0.100": own("inner", 2) }, gateway: `${net.outer}1` },
      ...Object.fromEntries(servers.map(({ name, ...host }) => [name, host])),
    },
    directors: { hosts: ["lvs"] },
    virtualServices: [
      {
        name: "service",
        vip: net.vip,
        ...pick(selectors, row.selector),
        protocol,
        scheduler,
        ...way.service,
        ...pick(persistences, row.persistence)(row.family ?? ""),
        realServers: servers.map(({ name }, index) => ({ host: name, weight: index + 1, ...way.server })),
      },
    ],
  };
}

function pick<T>(values: Readonly<Record<string, T>>, key: string | undefined): T {
  const value = values[key ?? ""];
  if (value === undefined) throw new Error(`the matrix has no value ${key}`);
  return value;
}
