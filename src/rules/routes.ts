/** Rules about a host's gateway and its routes. */

import { say } from "../languages/say.ts";
import { addressNear } from "../plan/memberships.ts";
import { canonicalIp, familyOf, network, parseCidr } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Host as HostInput } from "../topology/input.generated.ts";
import type { Host } from "../topology/model.ts";
import { type PlacedHost, settingPlace } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const routeRules: readonly Rule[] = [
  {
    code: "LVS105",
    name: "gateway outside the host's subnets",
    severity: "error",
    explain: {
      what: `
        "gateway" is an address that none of the host's interfaces shares a subnet with.`,
      why: `
        The kernel accepts only a gateway that it can reach directly, and answers "Nexthop has invalid gateway"
        otherwise. So the host cannot have this gateway, and lvsgen concludes wrongly from it whether a real server's
        answers go through the director, which then needs accept_local.`,
      fix: `
        Correct the gateway or the interface's prefix length: "ip route show default" and "ip address" show them on the
        host.`,
      wrong: `
        hosts:
          pi2: { gateway: 192.168.2.1, interfaces: { eth0: 192.168.1.107/24 } }`,
      right: `
        hosts:
          pi2: { gateway: 192.168.1.1, interfaces: { eth0: 192.168.1.107/24 } }`,
    },
    check: (context) => {
      const problems = new Map<string, Problem>();
      for (const placed of context.hosts) {
        const host = knownHost(context, placed);
        if (host === null || host.gateway === null || addressNear(host, host.gateway) !== null) continue;
        const pointer = settingPlace(context.topology, placed, "gateway");
        problems.set(pointer, {
          pointer,
          message: say`the gateway ${host.gateway} is in no subnet of ${host.name}`,
          hint: say`correct the gateway, or the prefix length of the interface that leads to it`,
        });
      }
      return [...problems.values()];
    },
  },
  {
    code: "LVS106",
    name: "next hop outside the host's subnets",
    severity: "error",
    explain: {
      what: `
        The "via" of a route is an address that none of the host's interfaces shares a subnet with.`,
      why: `
        The kernel accepts only a next hop that it can reach directly ("Nexthop has invalid gateway"), and lvsgen cannot
        know the interface. The route could not be added, and packets for that network would take the default gateway,
        or none.`,
      fix: `
        Use the router's address on the host's own segment, not the one on its far side.`,
      wrong: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            routes: [{ to: 192.168.88.88/32, via: 192.168.88.1 }]`,
      right: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            routes: [{ to: 192.168.88.88/32, via: 192.168.1.13 }]`,
    },
    check: (context) =>
      everyRoute(context, ({ host, route, pointer }) => {
        const via = canonicalIp(route.via);
        const cidr = parseCidr(route.to);
        if (via === null || cidr === null || cidr.family !== familyOf(via)) return null;
        if (addressNear(host, via) !== null) return null;
        return {
          pointer: `${pointer}/via`,
          message: say`the next hop ${route.via} is in no subnet of ${host.name}`,
          hint: say`use the router's address on the host's own segment`,
        };
      }),
  },
  {
    code: "LVS107",
    name: "network and next hop of different families",
    severity: "error",
    explain: {
      what: `
        The network of a route is IPv4 and its next hop IPv6, or the other way round.`,
      why: `
        ip refuses an IPv6 route with an IPv4 next hop. IPv4 through an IPv6 router works since kernel 5.2 with another
        syntax of ip ("via inet6"); lvsgen does not add such routes.`,
      fix: `
        Use the router's address of the network's family.`,
      wrong: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            routes: [{ to: 192.168.88.88/32, via: "fd00::1" }]`,
      right: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            routes: [{ to: 192.168.88.88/32, via: 192.168.1.13 }]`,
    },
    check: (context) =>
      everyRoute(context, ({ route, pointer }) => {
        const via = canonicalIp(route.via);
        const cidr = parseCidr(route.to);
        if (via === null || cidr === null || cidr.family === familyOf(via)) return null;
        return {
          pointer: `${pointer}/via`,
          message: say`${route.to} is IPv${cidr.family}, and the next hop ${route.via} is IPv${familyOf(via)}`,
          hint: say`use the router's IPv${cidr.family} address`,
        };
      }),
  },
  {
    code: "LVS108",
    name: "route to a network with host bits",
    severity: "warning",
    explain: {
      what: `
        The "to" of a route is an address inside the network, not the network's own.`,
      why: `
        ip refuses it ("Invalid argument"). lvsgen takes the whole network, which may be far more than you mean:
        10.0.0.5/8 is 16 million addresses, not one host.`,
      fix: `
        Write the network as in the hint, or /32 (IPv6: /128) for the single host.`,
      wrong: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            routes: [{ to: 192.168.88.88/24, via: 192.168.1.13 }]`,
      right: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            routes: [{ to: 192.168.88.0/24, via: 192.168.1.13 }]`,
    },
    check: (context) =>
      everyRoute(context, ({ route, pointer }) => {
        const cidr = parseCidr(route.to);
        const first = cidr === null ? null : network(cidr.ip, cidr.prefix);
        if (cidr === null || first === cidr.ip) return null;
        return {
          pointer: `${pointer}/to`,
          message: say`${route.to} has host bits: the whole network ${first}/${cidr.prefix} is routed`,
          hint: say`write ${first}/${cidr.prefix}, or ${cidr.ip}/${cidr.family === 4 ? 32 : 128} for the one host`,
        };
      }),
  },
];

interface PlacedRoute {
  readonly host: Host;
  readonly route: NonNullable<HostInput["routes"]>[number];
  readonly pointer: string;
}

/** Routes as written; those that all hosts inherit are checked for each host and reported once. */
function everyRoute(context: RuleContext, check: (route: PlacedRoute) => Problem | null): Problem[] {
  const problems = new Map<string, Problem>();
  for (const placed of context.hosts) {
    const host = knownHost(context, placed);
    if (host === null) continue;
    const place = settingPlace(context.topology, placed, "routes");
    for (const [index, route] of Object.entries(placed.merged.routes ?? [])) {
      const problem = check({ host, route, pointer: `${place}/${index}` });
      if (problem !== null) problems.set(problem.pointer, problem);
    }
  }
  return [...problems.values()];
}

/** The host, where all its addresses are known. */
function knownHost({ cluster, intact }: RuleContext, { name, pointer }: PlacedHost): Host | null {
  return intact(`${pointer}/interfaces`) ? (cluster.hosts.get(name) ?? null) : null;
}
