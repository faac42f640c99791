/** Rules about floating addresses: their names, and who else has them. */

import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import type { Rule } from "./rule.ts";

export const floatingAddressRules: readonly Rule[] = [
  {
    code: "LVS268",
    name: "duplicate name of a floating address",
    severity: "error",
    explain: {
      what: `
        Two floating addresses have the same name.`,
      why: `
        keepalived knows its instances by these names, and its messages, notify scripts and states have nothing else. It
        refuses a second instance of a name.`,
      fix: `
        Give each address its own name.`,
      wrong: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3] }
          - { name: web, address: 192.168.1.211/24, hosts: [pi2, pi3] }`,
      right: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3] }
          - { name: mail, address: 192.168.1.211/24, hosts: [pi2, pi3] }`,
    },
    check: ({ topology }) => {
      const seen = new Set<string>();
      return topology.floatingAddresses.flatMap(({ name }, index) => {
        if (!seen.has(name) || name === "") {
          seen.add(name);
          return [];
        }
        return {
          pointer: `/floatingAddresses/${index}/name`,
          message: say`duplicate name ${name}`,
          hint: say`give each floating address its own name`,
        };
      });
    },
  },
  {
    code: "LVS269",
    name: "floating address that another host or service has",
    severity: "error",
    explain: {
      what: `
        A floating address is a VIP, an address of the directors' master, another floating address, or a host has it as
        its own.`,
      why: `
        It comes and goes with the VRRP master. A host that has it permanently answers ARP for it while another one is
        master, and what two virtual routers move is on two hosts at a time.`,
      fix: `
        Choose an address that nothing else has. If the hosts have it as their own, remove it from their interfaces,
        here and on the machines.`,
      wrong: `
        floatingAddresses:
          - { name: web, address: 192.168.1.107/24, hosts: [pi2, pi3] }`,
      right: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3] }`,
    },
    check: ({ cluster }) => {
      if (cluster.floating.length === 0) return [];
      const owners = ownersOf(cluster);
      return cluster.floating.flatMap(({ ip, name, pointer }) => {
        const owner = owners.get(ip);
        owners.set(ip, say`the floating address ${name}`);
        if (owner === undefined) return [];
        return {
          pointer: `${pointer}/address`,
          message: say`duplicate address ${ip}: it is ${owner} already`,
          hint: say`choose an address that nothing else has`,
        };
      });
    },
  },
];

function ownersOf({ services, hosts, directors }: Cluster): Map<string, string> {
  return new Map([
    ...services.map(({ vip, name }) => [vip, say`the VIP of ${name}`] as const),
    ...directors.vrrp.addresses.map(({ ip }) => [ip, say`an address of the directors' master`] as const),
    ...[...hosts.values()].flatMap(({ name, addresses }) =>
      addresses.map(({ ip }) => [ip, say`${name}'s own address`] as const),
    ),
  ]);
}
