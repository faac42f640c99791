/** Rules about the routers that directors announce VIPs to: whether sessions with them can come up. */

import { listed } from "../base/counted.ts";
import { pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import { neighborsOf } from "../plan/announce.ts";
import { birdOf } from "../platforms/bird.ts";
import { addressKind } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { BgpNeighbor, Cluster, Host } from "../topology/model.ts";
import { announcing } from "./announce-example.ts";
import { placedDirectors } from "./placed-directors.ts";
import { settingPlace } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

const far = "neighbors: [{ address: 10.0.0.1, asn: 65000 }]";
const farMultihop = "neighbors: [{ address: 10.0.0.1, asn: 65000, multihop: true }]";
const elsewhere = "pi5: { interfaces: { eth0: 10.0.0.115/24 } }";

/** Numbers that no network has: of the transition to 32 bits (RFC 6793), and the last of 16 bits (RFC 7300). */
const reserved: ReadonlySet<number> = new Set([23456, 65535]);

export const announceNeighborRules: readonly Rule[] = [
  {
    code: "LVS330",
    name: "BGP neighbor in no network of the directors",
    severity: "error",
    explain: {
      what: `
        A neighbor's address is in no subnet of any director, and the neighbor has no multihop.`,
      why: `
        A session with a router of another AS goes over one link: its packets have a TTL of 1, and the router accepts
        them from a network of its own only. A director speaks to the neighbors in its subnets, so that nobody would
        speak to this one.`,
      fix: `
        Correct the address or a director's prefix length. For a router behind others, such as a route server, set
        multihop: true, there and here.`,
      wrong: announcing({ bgp: far }),
      right: announcing({ bgp: farMultihop }),
    },
    check: (context) =>
      unspoken(context)
        .filter(isOrdinary)
        .map(({ address, pointer }) => ({
          pointer: `${pointer}/address`,
          message: say`the neighbor ${address} is in no subnet of a director: no director speaks to it`,
          hint: say`correct the address, or set "multihop": true for a router behind others`,
        })),
  },
  {
    code: "LVS331",
    name: "director without a BGP neighbor",
    severity: "error",
    explain: {
      what: `
        A director announces VIPs, no neighbor is in one of its subnets, and none has multihop; or the director has no
        IPv4 address to reach one from.`,
      why: `
        A director speaks to the neighbors in its subnets. Without one it announces its VIPs to nobody: it runs, checks
        servers, and gets no connection, until the others fail and it does not help.`,
      fix: `
        Add the router of its network to the neighbors, or correct the director's address.`,
      wrong: announcing({
        hosts: elsewhere,
        directors: "hosts: [pi1, pi4, pi5]\nengine: keepalived",
        service: "scheduler: mh\nforwarding: tun\nhealthCheck: { type: tcp }",
      }),
      right: announcing({
        hosts: elsewhere,
        directors: "hosts: [pi1, pi4, pi5]\nengine: keepalived",
        bgp: "neighbors:\n  - { address: 192.168.1.1, asn: 65000 }\n  - { address: 10.0.0.1, asn: 65000 }",
        service: "scheduler: mh\nforwarding: tun\nhealthCheck: { type: tcp }",
      }),
    },
    check: (context) => {
      const { cluster, intact } = context;
      // Whoever has a wrong address may be the missing one.
      if (!areKnown(context) || unspoken(context).length > 0) return [];
      return placedDirectors(context)
        .filter(({ placed }) => intact(placed.pointer))
        .flatMap(({ director, placed }): Problem[] => {
          const obstacle = obstacleOf(cluster, director);
          return obstacle === null ? [] : [{ pointer: placed.pointer, ...obstacle }];
        });
    },
  },
  {
    code: "LVS332",
    name: "address of a BGP neighbor that is another's",
    severity: "error",
    explain: {
      what: `
        A neighbor's address is a director's own, a VIP or a floating address, or another neighbor has it.`,
      why: `
        A neighbor is a router. A director that speaks to itself or to another director gets no connection by it; a VIP
        is on all directors, so that a session with it ends at the director itself. BIRD refuses two sessions with one
        address.`,
      fix: `
        Write the router's own address, not one that two routers share by VRRP: a session is with one router.`,
      wrong: announcing({ bgp: "neighbors: [{ address: 192.168.1.115, asn: 65000 }]" }),
      right: announcing({ bgp: "neighbors: [{ address: 192.168.1.1, asn: 65000 }]" }),
    },
    check: ({ cluster }) => {
      const { directors, hosts, services, floating } = cluster;
      const owners = new Map([
        ...services.map(({ vip, name }) => [vip, say`the VIP of ${name}`] as const),
        ...floating.map(({ ip, name }) => [ip, say`the floating address ${name}`] as const),
        ...directors.hosts.flatMap((name) =>
          (hosts.get(name)?.addresses ?? []).map(({ ip }) => [ip, say`${name}'s own address`] as const),
        ),
      ]);
      return (directors.announce?.neighbors ?? []).flatMap(({ address, pointer }): Problem[] => {
        const owner = owners.get(address);
        owners.set(address, say`another neighbor's address`);
        if (owner === undefined) return [];
        return [
          {
            pointer: `${pointer}/address`,
            message: say`duplicate address ${address}: it is ${owner} already`,
            hint: say`write the router's own address`,
          },
        ];
      });
    },
  },
  {
    code: "LVS333",
    name: "reserved AS number",
    severity: "error",
    explain: {
      what: `
        The directors' AS number, or a neighbor's, is 23456 or 65535.`,
      why: `
        23456 is what routers without 32-bit AS numbers see in place of one (RFC 6793), and 65535 is reserved
        (RFC 7300). Routers refuse a session or a route with them.`,
      fix: `
        Use a number of your network. For inner use there are 64512 to 65534, and 4200000000 to 4294967294 (RFC 6996).`,
      wrong: announcing({ bgp: "neighbors: [{ address: 192.168.1.1, asn: 65535 }]" }),
      right: announcing({ bgp: "neighbors: [{ address: 192.168.1.1, asn: 65534 }]" }),
    },
    check: ({ cluster: { directors } }) => {
      if (directors.announce === null) return [];
      const { asn, neighbors } = directors.announce;
      return [
        { asn, pointer: pointerOf("directors", "announce", "bgp", "asn") },
        ...neighbors.map((neighbor) => ({ asn: neighbor.asn, pointer: `${neighbor.pointer}/asn` })),
      ]
        .filter((each) => reserved.has(each.asn))
        .map((each) => ({
          pointer: each.pointer,
          message: say`the AS number ${each.asn} is reserved: routers refuse it`,
          hint: say`use a number of your network, or one from 64512 to 65534`,
        }));
    },
  },
  {
    code: "LVS334",
    name: "BGP neighbor in the directors' own AS",
    severity: "warning",
    explain: {
      what: `
        A neighbor has the directors' AS number: the session is an inner one (iBGP).`,
      why: `
        A router does not pass routes that it got by iBGP on to other routers of its AS, unless it is a route reflector.
        So the VIP is known to this router, and clients behind others do not reach it. Routers spread connections over
        routes of iBGP by a setting of their own (maximum-paths ibgp), and use one director without it.`,
      fix: `
        Give the directors an AS number of their own, as networks of data centres do (RFC 7938). If the neighbor is a
        route reflector, or the only router, keep it; as a warning this does not stop rendering.`,
      wrong: announcing({ bgp: "neighbors: [{ address: 192.168.1.1, asn: 65010 }]" }),
      right: announcing({ bgp: "neighbors: [{ address: 192.168.1.1, asn: 65000 }]" }),
    },
    check: ({ cluster: { directors } }) => {
      if (directors.announce === null) return [];
      const { asn, neighbors } = directors.announce;
      return neighbors
        .filter((neighbor) => neighbor.asn === asn)
        .map(({ address, pointer }) => ({
          pointer: `${pointer}/asn`,
          message: say`${address} is in the directors' own AS ${asn}: it does not pass the VIPs on, unless it is a route reflector`,
          hint: say`give the directors an AS number of their own`,
        }));
    },
  },
  {
    code: "LVS335",
    name: "director whose distribution has no BIRD 2",
    severity: "error",
    explain: {
      what: `
        A director announces VIPs with the daemon bird, and its operating system has no package of BIRD 2.`,
      why: `
        lvsgen installs the distribution's own package, which brings a user, a service and updates. BIRD 1, which older
        releases have, speaks another language of configuration.`,
      fix: `
        Use a release that has it: Debian 11, Ubuntu 20.04, or an Enterprise Linux 8 with EPEL, and later ones. Or set
        daemon to none, and announce the VIPs by a daemon that you install yourself.`,
      wrong: announcing({
        hosts: "pi5: { os: anolis-8, interfaces: { eth0: 192.168.1.116/24 } }",
        directors: "hosts: [pi1, pi5]\nengine: keepalived",
      }),
      right: announcing({
        hosts: "pi5: { interfaces: { eth0: 192.168.1.116/24 } }",
        directors: "hosts: [pi1, pi5]\nengine: keepalived",
      }),
    },
    check: (context) => {
      const { cluster, topology, intact } = context;
      if (cluster.directors.announce?.daemon !== "bird" || !intact("/directors/announce/daemon")) return [];
      return placedDirectors(context)
        .filter(({ director: { platform } }) => birdOf(platform) === null)
        .map(({ director, placed }) => ({
          pointer: settingPlace(topology, placed, "os"),
          message: say`${director.platform.title} of the director ${director.name} has no package of BIRD 2`,
          hint: say`use a later release, or set directors.announce.daemon to "none" and bring your own`,
        }));
    },
  },
];

/** Neighbors that no director speaks to; nothing where a director may be missing. */
function unspoken(context: RuleContext): BgpNeighbor[] {
  const { cluster } = context;
  const { announce, hosts } = cluster.directors;
  if (!areKnown(context) || hosts.length === 0) return [];
  const spoken = new Set(
    hosts.flatMap((name) => {
      const director = cluster.hosts.get(name);
      return director === undefined ? [] : neighborsOf(cluster, director);
    }),
  );
  return (announce?.neighbors ?? []).filter((neighbor) => !spoken.has(neighbor));
}

/** Why a director speaks to no neighbor; null if it speaks to one. */
function obstacleOf(cluster: Cluster, director: Host): Pick<Problem, "message" | "hint"> | null {
  const { name, addresses } = director;
  if (!addresses.some(({ family }) => family === 4))
    return {
      message: say`the director ${name} has no IPv4 address: it cannot speak to IPv4 neighbors`,
      hint: say`give it an IPv4 address, or take it out of directors.hosts`,
    };
  if (neighborsOf(cluster, director).length > 0) return null;
  return {
    message: say`no BGP neighbor is in a subnet of the director ${name}: it announces its VIPs to nobody`,
    hint: say`add the router of ${addressesOf(director)} to directors.announce.bgp.neighbors`,
  };
}

/** IPv6 and special addresses have rules of their own (LVS301, LVS112). */
function isOrdinary({ address, family }: BgpNeighbor): boolean {
  return family === 4 && addressKind(address) === "ordinary";
}

/** Whether all of the directors, their addresses and the neighbors are as written. */
function areKnown({ cluster, topology, intact, isHost }: RuleContext): boolean {
  const { announce, hosts } = cluster.directors;
  const places = [
    pointerOf("directors", "hosts"),
    pointerOf("directors", "announce"),
    ...hosts.map((name) => pointerOf("hosts", name)),
  ];
  return announce !== null && places.every(intact) && topology.directors.hosts.every(isHost);
}

function addressesOf({ addresses }: Host): string {
  return listed(addresses.filter(({ family }) => family === 4).map(({ ip, prefix }) => `${ip}/${prefix}`));
}
