/** Rules about the engine keepalived: who may use its settings, and VRRP. */

import { pointerOf } from "../base/json-pointer.ts";
import {
  advertSource,
  isWholeSeconds,
  type VirtualRouter,
  virtualRouters,
  vrrpVersion,
} from "../plan/vrrp.ts";
import { inSubnet } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Cluster, Host } from "../topology/model.ts";
import type { Rule, RuleContext } from "./rule.ts";

const place = pointerOf("directors", "vrrp");

/** What keepalived alone does, with directors and with services. */
const directorKeys = ["vrrp", "notification"] as const;
const serviceKeys = ["healthCheck", "quorum", "sorryServer"] as const;

export const keepalivedRules: readonly Rule[] = [
  {
    code: "LVS200",
    name: "keepalived setting with the engine ipvsadm",
    severity: "error",
    explain: {
      what: `
        The topology has directors.vrrp, directors.notification, a healthCheck, a quorum or a sorryServer, and the
        engine is ipvsadm.`,
      why: `
        ipvsadm fills the kernel's table once and ends. Nothing would check servers, send mail or fail over: a dead
        server would keep its share of the connections, although the topology says otherwise.`,
      fix: `
        Set directors.engine to "keepalived", or remove the setting.`,
      wrong: `
        virtualServices:
          - name: web
            healthCheck: { type: tcp }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: tcp }`,
    },
    check: ({ topology, services, intact }) => {
      const { directors } = topology;
      if (directors.engine === "keepalived" || !intact("/directors/engine")) return [];
      const hint = 'set directors.engine to "keepalived", or remove the setting';
      const found = [
        ...directorKeys
          .filter((key) => directors[key] !== undefined)
          .map((key) => ({ key, pointer: pointerOf("directors", key) })),
        ...services.flatMap(({ value, pointer }) =>
          serviceKeys
            .filter((key) => value[key] !== undefined)
            .map((key) => ({ key, pointer: `${pointer}/${key}` })),
        ),
      ];
      return found.map(({ key, pointer }) => ({
        pointer,
        message: `${key} needs keepalived, and the engine is ipvsadm`,
        hint,
      }));
    },
  },
  {
    code: "LVS201",
    name: "keepalived with one director",
    severity: "warning",
    explain: {
      what: `
        The engine is keepalived, and there is one director.`,
      why: `
        keepalived checks the servers, but when the director fails nothing takes the VIP over. The director also starts
        to serve some four seconds later than with ipvsadm, as it waits for the adverts of others.`,
      fix: `
        Add a second director. As a warning this does not stop rendering.`,
      wrong: `
        directors: { hosts: [pi1], engine: keepalived }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }`,
    },
    check: ({ topology, intact }) => {
      const { hosts, engine } = topology.directors;
      if (engine !== "keepalived" || new Set(hosts).size !== 1 || !intact("/directors/hosts")) return [];
      return [
        {
          pointer: pointerOf("directors", "hosts"),
          message: "keepalived has one director: nothing takes over when it fails",
          hint: "add a second director",
        },
      ];
    },
  },
  {
    code: "LVS202",
    name: "VRRP password with version 3",
    severity: "error",
    explain: {
      what: `
        directors.vrrp has an authPassword, and a moving address is IPv6 or advertInterval has a fraction. Both need
        VRRP version 3.`,
      why: `
        Version 3 has no authentication (RFC 9568, section 9): keepalived does not send the password. A reader of the
        topology would trust a password that no packet carries.`,
      fix: `
        Remove authPassword. To keep others from sending adverts, allow protocol 112 from the directors only, as "check"
        suggests.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            advertInterval: 0.3
            authPassword: s3cr3t`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            advertInterval: 0.3`,
    },
    check: ({ cluster }) => {
      if (!hasPassword(cluster) || !needsVersion3(cluster)) return [];
      const { advertInterval } = cluster.directors.vrrp;
      const why = isWholeSeconds(advertInterval) ? "IPv6 addresses" : `adverts each ${advertInterval} s`;
      return [
        {
          pointer: `${place}/authPassword`,
          message: `${why} need VRRP version 3, which has no password`,
          hint: 'remove "authPassword"',
        },
      ];
    },
  },
  {
    code: "LVS203",
    name: "VRRP password longer than 8 characters",
    severity: "error",
    explain: {
      what: `
        The authPassword of directors.vrrp is longer than 8 characters.`,
      why: `
        Eight bytes are all the packet has room for (RFC 2338, 5.3.6). keepalived cuts the rest off. Another router, or
        another keepalived, that does not do the same ignores its adverts: there are two masters.`,
      fix: `
        Shorten it, or remove it: it protects nothing (LVS204).`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { authPassword: s3cr3t-and-long }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }`,
    },
    check: ({ cluster }) => {
      const length = cluster.directors.vrrp.authPassword?.reveal().length ?? 0;
      if (length <= longestPassword) return [];
      return [
        {
          pointer: `${place}/authPassword`,
          message: `the password has ${length} characters: VRRP allows ${longestPassword}`,
          hint: "shorten it, or remove it",
        },
      ];
    },
  },
  {
    code: "LVS204",
    name: "VRRP password, which protects nothing",
    severity: "warning",
    explain: {
      what: `
        directors.vrrp has an authPassword.`,
      why: `
        Every advert carries it in the clear, and whoever can send to the directors can mostly listen to them too. It
        keeps out another cluster that has the same virtual router id by mistake, but no attacker, which is why the RFC
        dropped it (RFC 3768, section 10). And it makes the configuration file a secret.`,
      fix: `
        Remove it, and allow protocol 112 from the other directors only. As a warning this does not stop rendering.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { authPassword: s3cr3t }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }`,
    },
    check: ({ cluster }) => {
      const length = cluster.directors.vrrp.authPassword?.reveal().length ?? 0;
      if (!hasPassword(cluster) || needsVersion3(cluster) || length > longestPassword) return [];
      return [
        {
          pointer: `${place}/authPassword`,
          message: "VRRP sends the password in the clear: it protects nothing",
          hint: "remove it, and allow protocol 112 from the other directors only",
        },
      ];
    },
  },
  {
    code: "LVS205",
    name: "duplicate virtual router id",
    severity: "error",
    explain: {
      what: `
        Addresses that do not move together have the same virtual router id on one segment of a director: two interfaces
        are in one subnet, or two VIPs share an interface on one director but not on another.`,
      why: `
        A director recognises an advert's addresses by its id. Two virtual routers with one id mistake each other's
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
      const routers = routersOf(cluster);
      return routers.flatMap((router, at) => {
        const earlier = routers.slice(0, at).find((other) => meets(cluster, router, other));
        if (earlier === undefined) return [];
        return {
          pointer: router.pointer,
          message: `duplicate virtual router id ${router.virtualRouterId} on one segment: ${router.addresses[0]?.address} and ${earlier.addresses[0]?.address} do not move together`,
          hint: "give a floating address a virtualRouterId of its own, or VIPs the same interfaces on every director",
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
        A director's interface that carries a moving address is unknown, or has no address of the same family.`,
      why: `
        Adverts are sent from the interface's own address to those of the other directors. Without one, the other
        directors hear nothing: both become master, and both answer ARP for the VIP.`,
      fix: `
        Give the interface an address of the family on every director, or choose an interface that has one.`,
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
      routersOf(context.cluster).flatMap((router) =>
        directorsOf(context).flatMap((director) => withoutSource(context, router, director)),
      ),
  },
  {
    code: "LVS207",
    name: "advert interval too long for VRRP version 3",
    severity: "error",
    explain: {
      what: `
        The advertInterval of directors.vrrp is above 40.95 seconds, and version 3 is needed: it has a fraction, or a
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
      if (advertInterval <= longestInterval3 || !needsVersion3(cluster)) return [];
      return [
        {
          pointer: `${place}/advertInterval`,
          message: `the advert interval ${advertInterval} s is too long: VRRP version 3 allows ${longestInterval3} s`,
          hint: "choose a shorter interval, or whole seconds with IPv4 only",
        },
      ];
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
        ...cluster.services.map(({ vip, name }) => [vip, `the VIP of ${name}`] as const),
        ...[...cluster.hosts.values()].flatMap(({ name, addresses }) =>
          addresses.map(({ ip }) => [ip, `${name}'s own address`] as const),
        ),
      ]);
      const seen = new Set<string>();
      return cluster.directors.vrrp.addresses.flatMap(({ ip, pointer }) => {
        const owner = seen.has(ip) ? "a floating address" : owners.get(ip);
        seen.add(ip);
        if (owner === undefined) return [];
        return {
          pointer: `${pointer}/address`,
          message: `duplicate address ${ip}: it is ${owner} already`,
          hint: "choose an address that no host and no service has",
        };
      });
    },
  },
  {
    code: "LVS209",
    name: "password not found",
    severity: "error",
    explain: {
      what: `
        directors.vrrp.authPassword names an environment variable or a file, and no password can be read from it.`,
      why: `
        keepalived.conf holds the password itself. Without it directors would ignore each other's adverts, and each
        would be master.`,
      fix: `
        Set the variable for lvsgen, or write the password into the file, whose path is relative to the topology's
        folder. Keep both out of version control.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { authPassword: { env: VRRP_PASSWORD_THAT_NOBODY_SET } }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { advertInterval: 1 }`,
    },
    check: ({ password }) =>
      password === null || password.problem === null
        ? []
        : [
            {
              pointer: password.pointer,
              message: password.problem,
              hint: "set the variable or write the file; its path is relative to the topology's folder",
            },
          ],
  },
];

/** Bytes of authentication data (RFC 2338, 5.3.6). */
const longestPassword = 8;

/** Hundredths of a second in 12 bits. */
const longestInterval3 = 40.95;

function hasPassword({ directors }: Cluster): boolean {
  return directors.engine === "keepalived" && directors.vrrp.authPassword !== null;
}

function needsVersion3(cluster: Cluster): boolean {
  const { advertInterval } = cluster.directors.vrrp;
  return routersOf(cluster).some(({ family }) => vrrpVersion(family, advertInterval) === 3);
}

function routersOf(cluster: Cluster): VirtualRouter[] {
  return cluster.directors.engine === "keepalived" ? virtualRouters(cluster) : [];
}

function directorsOf({ cluster, intact }: RuleContext): Host[] {
  return cluster.directors.hosts.flatMap((name) =>
    intact(pointerOf("hosts", name)) ? (cluster.hosts.get(name) ?? []) : [],
  );
}

function meets({ directors, hosts }: Cluster, one: VirtualRouter, other: VirtualRouter): boolean {
  if (one.virtualRouterId !== other.virtualRouterId || one.family !== other.family) return false;
  return directors.hosts.some((name) => {
    const [a, b] = [one.interfaces.get(name), other.interfaces.get(name)];
    if (a === undefined || b === undefined) return false;
    const addresses = (hosts.get(name)?.addresses ?? []).filter(({ family }) => family === one.family);
    const there = addresses.filter((address) => address.interface === b);
    const here = addresses.filter((address) => address.interface === a);
    return a === b || here.some(({ ip }) => there.some((address) => inSubnet(ip, address)));
  });
}

/** A VIP's unknown interface is LVS133's business, and a link that adverts have to themselves LVS216's. */
function withoutSource(context: RuleContext, router: VirtualRouter, director: Host): Problem[] {
  const { vrrp } = context.cluster.directors;
  const hint = "add such an address to the interface, or choose an interface that has one";
  const nowhere = router.addresses.flatMap(({ address, interfaces, pointer }) => {
    if (interfaces.has(director.name) || pointer.endsWith("/vip") || !context.intact(pointer)) return [];
    return { pointer, message: `the director ${director.name} has no interface for ${address}`, hint };
  });
  const name = router.interfaces.get(director.name);
  if (vrrp.interface !== null || name === undefined || !context.intact(router.pointer)) return nowhere;
  if (hasSource(context.cluster, router, director)) return nowhere;
  return [
    ...nowhere,
    {
      pointer: router.pointer,
      message: `${name} of the director ${director.name} has no IPv${router.family} address to send adverts from`,
      hint,
    },
  ];
}

/** An IPv6 interface has a link-local address for the multicast group. */
function hasSource({ directors }: Cluster, router: VirtualRouter, director: Host): boolean {
  return advertSource(director, router) !== null || (router.family === 6 && !directors.vrrp.unicast);
}
