/** Rules about firewall marks: several ports of a VIP as one service. */

import { say } from "../languages/say.ts";
import type { PortRange, VirtualService } from "../topology/model.ts";
import { parsePortRange, portRangeText } from "../topology/port-range.ts";
import { everyResolved } from "./every-server.ts";
import type { PlacedService } from "./places.ts";
import type { Rule } from "./rule.ts";

export const markRules: readonly Rule[] = [
  {
    code: "LVS180",
    name: "invalid port range",
    severity: "error",
    explain: {
      what: `
        An entry of "ports" is a range with the greater port first, or has a port outside 1 to 65535.`,
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
                message: say`invalid port range ${JSON.stringify(item)}`,
                hint: say`write the smaller port first, as in "8000-8010"; ports are 1 to 65535`,
              },
        ),
      ),
  },
  {
    code: "LVS181",
    name: "overlapping ports in one service",
    severity: "error",
    explain: {
      what: `
        Two entries of one service's "ports" overlap.`,
      why: `
        The ports become one set of a firewall rule. nft 1.0.6 merges intervals that overlap, so that it shows another
        rule than the one written; older versions refuse the set ("conflicting intervals specified"). And a duplicate
        port is mostly another one mistyped, which then is not balanced.`,
      fix: `
        Remove one of the two, or correct it.`,
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
          message: say`${textOf(claim)} overlaps ${textOf(first)}`,
          other: first.pointer,
          hint: say`remove one of the two, or correct it`,
        })),
      ),
  },
  {
    code: "LVS182",
    name: "duplicate firewall mark",
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
          message: say`duplicate firewall mark ${service.mark.value} for IPv${service.family}: ${first.name} has it already`,
          other: first.pointer,
          hint: say`give each service a mark of its own`,
        };
      });
    },
  },
  {
    code: "LVS183",
    name: "one port in two services",
    severity: "error",
    explain: {
      what: `
        A port of a VIP gets a firewall mark, and it is another service's port as well, or gets another mark.`,
      why: `
        The kernel looks for the mark first, and for the port only in packets without one: the service of the port never
        sees a packet, and its real servers idle. If two rules mark one packet, the last one wins, so that the order of
        rules decides which service gets it.`,
      fix: `
        Remove the port from one of the two. A service of all ports (port 0) beside a mark is fine: it gets the rest.`,
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
            message: say`${textOf(claim)} of ${claim.name} and ${textOf(first)} of ${first.name} overlap`,
            other: first.pointer,
            hint: say`remove the port from one of the two: the kernel looks for a mark before a port`,
          }));
      });
    },
  },
  {
    code: "LVS184",
    name: "one port for real servers behind a mark of several",
    severity: "warning",
    explain: {
      what: `
        A real server reached by nat has a "port", and its service is a firewall mark of several ports.`,
      why: `
        The packets of all these ports would be rewritten to one: packets for 443 arrive at the program of port 80,
        which does not speak TLS. That is right only if one program serves all the ports.`,
      fix: `
        Remove "port": every packet then keeps its own. To map ports one by one, write a service for each. If one
        program serves all of them, keep it; as a warning this does not stop rendering.`,
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
          message: say`packets of all the mark's ports would arrive at port ${server.port}`,
          hint: say`remove "port", or write a service for each port`,
        };
      }),
  },
  {
    code: "LVS185",
    name: "port that a persistent service of many ports ignores",
    severity: "error",
    explain: {
      what: `
        A real server reached by nat has a "port", and its service is persistent and has port 0 or a firewall mark.`,
      why: `
        With persistence the kernel maps only packets for the service's own port, and such a service has none: packets
        keep their port, and the real server's port has no effect, although ipvsadm shows it.`,
      fix: `
        Remove "port" and let the program listen on the port that clients use, or write a service for each port.`,
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
          message: say`port ${server.port} has no effect: a persistent service of many ports keeps each packet's port`,
          hint: say`remove "port", or write a service for each port`,
        };
      }),
  },
];

/** A range of ports of a service, and where it is written. */
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
  return claim.first === claim.last ? say`port ${claim.first}` : say`ports ${portRangeText(claim)}`;
}
