/** Floating addresses of every kind, for what keepalived takes. */

import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";

const interfacesOf = (last: number) => ({
  eth0: [`192.0.2.${last}/24`, `fd00::${last}/64`],
  eth1: [`198.51.100.${last}/24`],
});

export const own = interfacesOf(11);

export function clusterOf(
  floatingAddresses: readonly object[],
  beside: object = {},
  defaults: object = {},
): Cluster {
  const topology = {
    version: 1,
    name: "vip",
    defaults: { os: "debian-12", ...defaults },
    hosts: {
      lb1: { interfaces: own },
      lb2: { interfaces: interfacesOf(12) },
      lb3: { interfaces: interfacesOf(13) },
    },
    floatingAddresses,
    ...beside,
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "floating.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

export const web = { name: "web", address: "192.0.2.10/24", hosts: ["lb1", "lb2"] };
export const web6 = { name: "web6", address: "fd00::10/64", hosts: ["lb1", "lb2"] };
const inner = { ...web, name: "inner", address: "198.51.100.10/24" };
const interfaces = (more: object = {}) =>
  ["eth0", "eth1"].map((name) => ({ type: "interface", name, ...more }));
export const api = {
  name: "api",
  address: "192.0.2.20/24",
  hosts: ["lb2", "lb1"],
  virtualRouterId: 52,
  preempt: true,
  preemptDelay: 60,
};
export const tracks = [
  { type: "http", port: 80, path: "/health?a=b&c=%20", status: ["200-299", 401] },
  { type: "tcp", address: "::1", port: 25, interval: 5, timeout: 3, rise: 1, fall: 4 },
  { type: "process", name: "nginx" },
  { type: "script", command: "/usr/bin/test", arguments: ["a 'b' \"c\" #{$x}", "=", "d"] },
  { type: "file", path: "/etc/hostname" },
];
export const weighted = tracks.map((track) => ({ ...track, weight: -20 }));

const services = {
  directors: { hosts: ["lb1", "lb2"], engine: "keepalived", connectionSync: { interface: "eth0" } },
  virtualServices: [{ name: "dns", vip: "192.0.2.53", port: 53, realServers: [{ host: "lb3" }] }],
};

export const cases: Readonly<Record<string, readonly object[]>> = {
  one: [web],
  many: [web, api, web6],
  multicast: [{ ...web, unicast: false, advertInterval: 0.3 }],
  three: [{ ...web, hosts: ["lb3", { host: "lb1" }, "lb2"] }],
  beside: [{ ...api, hosts: ["lb1", "lb3"] }],
  tracked: [{ ...web, track: tracks }],
  notified: [{ ...web, notify: { command: "/usr/bin/logger", arguments: ["-t", "it's #1"] } }],
  states: [
    {
      ...web,
      notifyOn: {
        master: { command: "/usr/bin/logger", arguments: ["-t", 'say "yes"'], user: "nobody" },
        backup: { command: "/usr/bin/logger" },
        fault: { command: "/usr/bin/logger" },
        stop: { command: "/usr/bin/logger" },
      },
      notify: { command: "/usr/bin/logger" },
      garp: { delay: 0, repeat: 1, refresh: 0, refreshRepeat: 3 },
    },
  ],
  // Each has its own, and watches the other one's.
  interfaces: [
    { ...web, track: interfaces() },
    { ...inner, track: interfaces() },
  ],
  "interfaces with weights": [
    { ...web, preempt: true, track: interfaces({ weight: -20 }) },
    { ...inner, preempt: true, track: interfaces({ weight: -20 }) },
  ],
  units: [
    { ...web, runOnMaster: ["haproxy", "php8.2-fpm.service"] },
    { ...web6, runOnMaster: ["haproxy"] },
    { ...api, runOnMaster: ["mail"], notify: { command: "/usr/bin/logger" }, garp: { refresh: 5 } },
  ],
  "units beside programs": [
    { ...web, runOnMaster: ["haproxy"], notifyOn: { stop: { command: "/usr/bin/logger" } } },
  ],
  weighted: [
    { ...api, track: weighted },
    { ...web, preempt: true, track: weighted },
    { ...web6, preempt: true, track: weighted },
  ],
};

/** Of the services beside them. */
export const more = (name: string): object => (name === "beside" ? services : {});
