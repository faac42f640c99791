/** Rules about firewall marks: several ports of a VIP as one service. */

import type { PortRange, VirtualService } from "../topology/model.ts";
import { parsePortRange, portRangeText } from "../topology/port-range.ts";
import { everyResolved } from "./every-server.ts";
import type { PlacedService } from "./places.ts";
import type { Rule } from "./rule.ts";

export const markRules: readonly Rule[] = [
  {
    code: "LVS180",
    name: "every range of ports begins below its end and within 65535",
    severity: "error",
    explain: {
      what: `
        An entry of "ports" is a range whose ends are the wrong way round, or not ports from 1 to 65535.`,
      why: `
        iptables and nft refuse such a range, and the whole rule with it: no packet of any of the ports would get the
        mark, and the service would see none.`,
      fix: `
        Write the smaller port first: "8000-8010".`,
      wrong: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, "8010-8000"]
            realServers: [{ host: pi2 }]`,
      right: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, "8000-8010"]
            realServers: [{ host: pi2 }]`,
    },
    check: ({ services }) =>
      services.flatMap(({ value, pointer }) =>
        Object.entries(value.ports ?? []).flatMap(([index, item]) =>
          parsePortRange(item) !== null
            ? []
            : {
                pointer: `${pointer}/ports/${index}`,
                message: `${JSON.stringify(item)} is no range of ports`,
                hint: 'write the smaller port first, as in "8000-8010"; ports are 1 to 65535',
              },
        ),
      ),
  },
  {
    code: "LVS181",
    name: "no port stands twice in the ports of a mark",
    severity: "error",
    explain: {
      what: `
        Two entries of one service's "ports" overlap.`,
      why: `
        The ports become one set of a firewall rule. nft 1.0.6 merges intervals that overlap, so that the rule reads
        otherwise than it was written; older versions refuse the set ("conflicting intervals specified"). And a port
        that stands twice is mostly another one mistyped, which then is not balanced.`,
      fix: `
        Take one of the two out, or correct it.`,
      wrong: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, "70-90"]
            realServers: [{ host: pi2 }]`,
      right: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [443, "70-90"]
            realServers: [{ host: pi2 }]`,
    },
    check: ({ services }) =>
      services.flatMap((service) =>
        overlaps(claimsOf(service)).map(({ claim, first }) => ({
          pointer: claim.pointer,
          message: `${textOf(claim)} overlaps ${textOf(first)} (${first.pointer})`,
          hint: "take one of the two out, or correct it",
        })),
      ),
  },
  {
    code: "LVS182",
    name: "every firewall mark stands for one service of a family",
    severity: "error",
    explain: {
      what: `
        Two services of the same family, IPv4 or IPv6, have the same "fwmark".`,
      why: `
        The kernel finds a marked service by family and mark alone, without VIP or protocol, and keeps one entry: the
        second "ipvsadm -A" fails with "Service already exists", its real servers go to the first one's list, and the
        packets of both are balanced as the first says.`,
      fix: `
        Give each its own number. An IPv4 and an IPv6 service may share one.`,
      wrong: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, 443]
            realServers: [{ host: pi2 }]
          - name: mail
            vip: 192.168.1.202
            fwmark: 1
            ports: [25, 587]
            realServers: [{ host: pi3 }]`,
      right: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, 443]
            realServers: [{ host: pi2 }]
          - name: mail
            vip: 192.168.1.202
            fwmark: 2
            ports: [25, 587]
            realServers: [{ host: pi3 }]`,
    },
    check: ({ cluster }) => {
      const seen = new Map<string, VirtualService>();
      return cluster.services.flatMap((service) => {
        if (service.mark === null) return [];
        const key = `${service.family} ${service.mark.value}`;
        const first = seen.get(key);
        if (first === undefined) {
          seen.set(key, service);
          return [];
        }
        return {
          pointer: `${service.pointer}/fwmark`,
          message: `${first.name} has the mark ${service.mark.value} for IPv${service.family} already (${first.pointer})`,
          hint: "give each service a mark of its own",
        };
      });
    },
  },
  {
    code: "LVS183",
    name: "a port of a VIP belongs to one service",
    severity: "error",
    explain: {
      what: `
        A port of a VIP gets a firewall mark, and it is another service's port as well, or gets another mark.`,
      why: `
        The kernel asks for the mark first and for the port only where there is none: the service of the port never
        sees a packet, and its real servers idle. Of two marks on one packet the rule that comes last wins, so that the
        order of rules decides whose packets they are.`,
      fix: `
        Take the port out of one of the two. A service of all ports (port 0) beside a mark is fine: it gets the rest.`,
      wrong: `
        virtualServices:
          - name: web
            port: 80
          - name: shop
            vip: 192.168.1.200
            fwmark: 1
            ports: [80, 443]
            realServers: [{ host: pi2 }]`,
      right: `
        virtualServices:
          - name: web
            port: 80
          - name: shop
            vip: 192.168.1.200
            fwmark: 1
            ports: [443, 8443]
            realServers: [{ host: pi2 }]`,
    },
    // ip_vs_service_find: "Check the table hashed by fwmark first" (net/netfilter/ipvs/ip_vs_ctl.c).
    check: ({ services, cluster }) => {
      const resolved = new Map(cluster.services.map((service) => [service.pointer, service]));
      const byAddress = new Map<string, Claim[]>();
      for (const placed of services) {
        const service = resolved.get(placed.pointer);
        if (service === undefined) continue;
        const key = `${service.vip} ${service.protocol}`;
        const claims = byAddress.get(key) ?? [];
        claims.push(...claimsOf(placed));
        byAddress.set(key, claims);
      }
      return [...byAddress.values()].flatMap((claims) => {
        // Two services of one port are LVS134's business, two entries of one service LVS181's.
        if (!claims.some(({ marked }) => marked)) return [];
        return overlaps(claims)
          .filter(({ claim, first }) => claim.name !== first.name && (claim.marked || first.marked))
          .map(({ claim, first }) => ({
            pointer: claim.pointer,
            message: `${textOf(claim)} of ${claim.name} and ${textOf(first)} of ${first.name} overlap (${first.pointer})`,
            hint: "take it out of one of the two: a mark goes before a port",
          }));
      });
    },
  },
  {
    code: "LVS184",
    name: "real servers of a mark's many ports have no port of their own",
    severity: "warning",
    explain: {
      what: `
        A real server reached by nat has a "port", and its service is a firewall mark of several ports.`,
      why: `
        The packets of all these ports would be rewritten to the one: what came for 443 arrives at the program of port
        80, which does not speak TLS. A service of one kind under several ports is the only case in which that is
        meant.`,
      fix: `
        Leave "port" out: every packet then keeps its own. To map ports one by one, make a service for each. Where one
        program serves all of them, leave it so; as a warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, 443]
            forwarding: nat
            realServers: [{ host: pi2, port: 8080 }]`,
      right: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            fwmark: 1
            ports: [80, 443]
            forwarding: nat
            realServers: [{ host: pi2 }]`,
    },
    check: ({ cluster, intact }) =>
      everyResolved(cluster, (server, { mark, persistence }) => {
        if (mark === null || persistence !== null || server.forwarding !== "nat" || server.port === 0)
          return null;
        const [only, ...others] = mark.ports;
        if ((others.length === 0 && only?.first === only?.last) || !intact(server.pointer)) return null;
        return {
          pointer: `${server.pointer}/port`,
          message: `packets of all the mark's ports would arrive at port ${server.port}`,
          hint: 'leave "port" out, or make a service for each port',
        };
      }),
  },
  {
    code: "LVS185",
    name: "real servers of a persistent service of many ports have no port of their own",
    severity: "error",
    explain: {
      what: `
        A real server reached by nat has a "port", and its service is persistent and has port 0 or a firewall mark.`,
      why: `
        For persistence the kernel maps a port only where the packet came for the service's own port, which such a
        service does not have: packets keep the port they came for, and the port in the table means nothing, although
        ipvsadm shows it.`,
      fix: `
        Leave "port" out and let the program listen on the port that clients use, or make a service for each port.`,
      wrong: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            port: 0
            persistence: { timeout: 300 }
            forwarding: nat
            realServers: [{ host: pi2, port: 8080 }]`,
      right: `
        virtualServices:
          - name: shop
            vip: 192.168.1.201
            port: 0
            persistence: { timeout: 300 }
            forwarding: nat
            realServers: [{ host: pi2 }]`,
    },
    // ip_vs_sched_persist: "if (dport == svc->port && dest->port) dport = dest->port" (net/netfilter/ipvs/ip_vs_core.c).
    check: ({ cluster, intact }) =>
      everyResolved(cluster, (server, { port, persistence, pointer }) => {
        if (persistence === null || port !== 0 || server.forwarding !== "nat" || server.port === 0)
          return null;
        if (!intact(`${pointer}/port`) || !intact(`${pointer}/fwmark`) || !intact(server.pointer))
          return null;
        return {
          pointer: `${server.pointer}/port`,
          message: `a persistent service of many ports maps none of them to ${server.port}`,
          hint: 'leave "port" out, or make a service for each port',
        };
      }),
  },
];

/** A range of ports of a service, where it stands. */
interface Claim extends PortRange {
  readonly name: string;
  readonly marked: boolean;
  readonly pointer: string;
}

function claimsOf({ value, pointer }: PlacedService): Claim[] {
  const { name, port, ports, fwmark } = value;
  if (fwmark === undefined) {
    if (port === undefined || port === 0) return [];
    return [{ first: port, last: port, name, marked: false, pointer: `${pointer}/port` }];
  }
  return Object.entries(ports ?? []).flatMap(([index, item]) => {
    const range = parsePortRange(item);
    return range === null ? [] : [{ ...range, name, marked: true, pointer: `${pointer}/ports/${index}` }];
  });
}

interface Overlap {
  readonly claim: Claim;
  /** The one with the lower ports that reaches into it. */
  readonly first: Claim;
}

/** Claims that begin before the furthest-reaching one below them ends: each is named once. */
function overlaps(claims: readonly Claim[]): Overlap[] {
  const found: Overlap[] = [];
  let furthest: Claim | undefined;
  for (const claim of claims.toSorted((a, b) => a.first - b.first)) {
    if (furthest !== undefined && claim.first <= furthest.last) found.push({ claim, first: furthest });
    if (furthest === undefined || claim.last > furthest.last) furthest = claim;
  }
  return found;
}

function textOf(claim: Claim): string {
  return `${claim.first === claim.last ? "port" : "ports"} ${portRangeText(claim)}`;
}
