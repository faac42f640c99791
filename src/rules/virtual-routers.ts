/** Rules about virtual routers: their ids, adverts and addresses. */

import { pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import { advertSource, type VirtualRouter, virtualRouters, vrrpVersion } from "../plan/vrrp.ts";
import { inSubnet } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Cluster, Family, Host, InterfaceAddress } from "../topology/model.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { needsVersion3 } from "./vrrp-version.ts";

const place = pointerOf("directors", "vrrp");

export const virtualRouterRules: readonly Rule[] = [
  {
    code: "LVS205",
    name: "duplicate virtual router id",
    severity: "error",
    explain: {
      what: `
        Addresses that do not move together have the same virtual router id on one segment: floating addresses
        have different hosts or settings, two interfaces of a host are in one subnet, or two VIPs share an interface on one
        director but not on another. Where adverts are multicast, hosts that share no address count as well.`,
      why: `
        A host recognises an advert's addresses by its id. Two virtual routers with one id mistake each other's
        adverts for their own: one of them never becomes master, and no host carries its addresses. keepalived refuses a
        second one on the same interface.`,
      fix: `
        Give floating addresses a virtualRouterId of their own, and put the VIPs on the same interfaces on every
        director.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 192.168.1.116/24 } }
          pi4: { interfaces: { eth0: 192.168.1.115/24, eth1: 192.168.1.117/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            addresses: [{ address: 192.168.1.29/24, interface: eth1 }]`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 192.168.1.116/24 } }
          pi4: { interfaces: { eth0: 192.168.1.115/24, eth1: 192.168.1.117/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            addresses:
              - { address: 192.168.1.29/24, interface: eth1, virtualRouterId: 52 }`,
    },
    check: ({ cluster }) => {
      const routers = virtualRouters(cluster);
      return routers.flatMap((router, at) => {
        const earlier = routers.slice(0, at).find((other) => meets(cluster, router, other));
        if (earlier === undefined) return [];
        return {
          pointer: router.pointer,
          message: say`duplicate virtual router id ${router.virtualRouterId} on one segment: ${router.addresses[0]?.address} and ${earlier.addresses[0]?.address} do not move together`,
          hint: say`set "virtualRouterId" of a floating address to another number, or give VIPs the same interfaces on every director`,
        };
      });
    },
  },
  {
    code: "LVS206",
    name: "no address to send adverts from",
    severity: "error",
    explain: {
      what: `
        The interface of a director, or of another host, that carries a moving address is unknown, or has no address of the same family.`,
      why: `
        Adverts are sent from the interface's own address to those of the other hosts. Without one, the others hear
        nothing: both become master, and both answer ARP for the address.`,
      fix: `
        Give the interface an address of the family on every host, or choose an interface that has one.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            addresses: [{ address: 10.0.0.29/24 }]`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 10.0.0.30/24 } }
          pi4: { interfaces: { eth0: 192.168.1.115/24, eth1: 10.0.0.31/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            addresses: [{ address: 10.0.0.29/24 }]`,
    },
    check: (context) =>
      virtualRouters(context.cluster).flatMap((router) =>
        membersOf(context, router).flatMap((member) => withoutSource(context, router, member)),
      ),
  },
  {
    code: "LVS207",
    name: "advert interval too long for VRRP version 3",
    severity: "error",
    explain: {
      what: `
        The advertInterval of directors.vrrp or of a floating address is above 40.95 seconds, and version 3 is needed: it has a fraction, or a
        moving address is IPv6.`,
      why: `
        Version 3 counts hundredths of a second in 12 bits (RFC 9568, 5.2.7). keepalived refuses a longer interval and
        uses one second.`,
      fix: `
        Choose a shorter interval; one second is usual.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { advertInterval: 60.5 }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { advertInterval: 1 }`,
    },
    check: ({ cluster }) => {
      const { advertInterval } = cluster.directors.vrrp;
      const asked = [
        ...(needsVersion3(cluster) ? [{ advertInterval, pointer: place }] : []),
        ...cluster.floating.filter((address) => vrrpVersion(address.family, address.advertInterval) === 3),
      ];
      return asked
        .filter((each) => each.advertInterval > longestInterval3)
        .map((each) => ({
          pointer: `${each.pointer}/advertInterval`,
          message: say`the advert interval ${each.advertInterval} s is too long: VRRP version 3 allows ${longestInterval3} s`,
          hint: say`choose a shorter interval, or whole seconds with IPv4 only`,
        }));
    },
  },
  {
    code: "LVS208",
    name: "floating address that is in use already",
    severity: "error",
    explain: {
      what: `
        An address of directors.vrrp.addresses is a VIP, or a host has it as its own.`,
      why: `
        It comes and goes with the VRRP master. A host that has it permanently answers ARP for it while another one is
        master, and a VIP would be moved twice, with two prefix lengths.`,
      fix: `
        Choose a floating address that no host and no service has: the inner servers' gateway is not a director's own
        address.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            addresses: [{ address: 192.168.1.115/24 }]`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            addresses: [{ address: 192.168.1.29/24 }]`,
    },
    check: ({ cluster }) => {
      if (cluster.directors.vrrp.addresses.length === 0) return [];
      const owners = new Map([
        ...cluster.services.map(({ vip, name }) => [vip, say`the VIP of ${name}`] as const),
        ...[...cluster.hosts.values()].flatMap(({ name, addresses }) =>
          addresses.map(({ ip }) => [ip, say`${name}'s own address`] as const),
        ),
      ]);
      const seen = new Set<string>();
      return cluster.directors.vrrp.addresses.flatMap(({ ip, pointer }) => {
        const owner = seen.has(ip) ? say`a floating address` : owners.get(ip);
        seen.add(ip);
        if (owner === undefined) return [];
        return {
          pointer: `${pointer}/address`,
          message: say`duplicate address ${ip}: it is ${owner} already`,
          hint: say`choose an address that no host and no service has`,
        };
      });
    },
  },
];

/** Hundredths of a second in 12 bits. */
const longestInterval3 = 40.95;

function membersOf({ cluster, intact }: RuleContext, { election }: VirtualRouter): Host[] {
  return election.members.flatMap(({ host }) =>
    intact(pointerOf("hosts", host)) ? (cluster.hosts.get(host) ?? []) : [],
  );
}

/** Whether hosts hear adverts of both. */
function meets(cluster: Cluster, one: VirtualRouter, other: VirtualRouter): boolean {
  if (one.virtualRouterId !== other.virtualRouterId || one.family !== other.family) return false;
  return meetsOnHost(cluster, one, other) || meetsByMulticast(cluster, one, other);
}

/** On a host that has both. */
function meetsOnHost({ hosts }: Cluster, one: VirtualRouter, other: VirtualRouter): boolean {
  return one.election.members.some(({ host: name }) => {
    const [a, b] = [one.interfaces.get(name), other.interfaces.get(name)];
    if (a === undefined || b === undefined) return false;
    const there = addressesOn(hosts.get(name), b, one.family);
    const here = addressesOn(hosts.get(name), a, one.family);
    return a === b || here.some(({ ip }) => there.some((address) => inSubnet(ip, address)));
  });
}

/** The group's packets reach every host of the segment; those for one address do not. */
function meetsByMulticast({ hosts }: Cluster, one: VirtualRouter, other: VirtualRouter): boolean {
  if (one.election.unicast || other.election.unicast) return false;
  const sources = (router: VirtualRouter): InterfaceAddress[] =>
    [...router.interfaces].flatMap(([name, device]) => addressesOn(hosts.get(name), device, router.family));
  const there = sources(other);
  return sources(one).some(({ ip }) => there.some((address) => inSubnet(ip, address)));
}

function addressesOn(host: Host | undefined, name: string, family: Family): InterfaceAddress[] {
  const all = host?.addresses ?? [];
  return all.filter((address) => address.interface === name && address.family === family);
}

/** A VIP's unknown interface is LVS133's business, and a link that adverts have to themselves LVS216's. */
function withoutSource(context: RuleContext, router: VirtualRouter, member: Host): Problem[] {
  const { name: host } = member;
  const what = router.floating === null ? say`the director ${host}` : host;
  const hint = say`add such an address to the interface, or choose an interface that has one`;
  const nowhere = router.addresses.flatMap(({ address, interfaces, pointer }) => {
    if (interfaces.has(host) || pointer.endsWith("/vip") || !context.intact(pointer)) return [];
    return { pointer, message: say`${what} has no interface for ${address}`, hint };
  });
  const name = router.interfaces.get(host);
  if (hasLink(context.cluster, router) || name === undefined || !context.intact(router.pointer))
    return nowhere;
  if (hasSource(router, member)) return nowhere;
  return [
    ...nowhere,
    {
      pointer: router.pointer,
      message: say`${name} of ${what} has no IPv${router.family} address to send adverts from`,
      hint,
    },
  ];
}

function hasLink({ directors }: Cluster, { floating }: VirtualRouter): boolean {
  return floating === null && directors.vrrp.interface !== null;
}

/** An IPv6 interface has a link-local address for the multicast group. */
function hasSource(router: VirtualRouter, member: Host): boolean {
  return advertSource(member, router) !== null || (router.family === 6 && !router.election.unicast);
}
