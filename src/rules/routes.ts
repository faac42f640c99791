/** Rules about the ways that a host knows: its gateway and its routes. */

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
    name: "a host's gateway is in one of its subnets",
    severity: "error",
    explain: {
      what: `
        "gateway" is an address that none of the host's interfaces shares a subnet with.`,
      why: `
        The kernel takes a gateway only where it can reach it directly, and says "Nexthop has invalid gateway" to any
        other. So the host does not have this gateway, whatever the topology says, and what lvsgen concludes from it is
        wrong: whether a real server's answers go round by the director, for which the director needs accept_local.`,
      fix: `
        Mend the gateway or the interface's prefix length: "ip route show default" tells both on the host.`,
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
          message: `the gateway ${host.gateway} is in no subnet of ${host.name}`,
          hint: "mend the gateway, or the prefix length of the interface that leads to it",
        });
      }
      return [...problems.values()];
    },
  },
  {
    code: "LVS106",
    name: "a route's next hop is in one of its host's subnets",
    severity: "error",
    explain: {
      what: `
        The "via" of a route is an address that none of the host's interfaces shares a subnet with.`,
      why: `
        The kernel takes a next hop only where it can reach it directly ("Nexthop has invalid gateway"), and lvsgen
        does not know which interface to send to. The route could not be made, and packets for that network would take
        the default gateway, or none.`,
      fix: `
        Name the router's address on the host's own segment, not the one on its far side.`,
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
          message: `the next hop ${route.via} is in no subnet of ${host.name}`,
          hint: "name the router's address on the host's own segment",
        };
      }),
  },
  {
    code: "LVS107",
    name: "a route leads to a network and by a next hop of one family",
    severity: "error",
    explain: {
      what: `
        The network of a route is IPv4 and its next hop IPv6, or the other way round.`,
      why: `
        ip refuses an IPv6 route with an IPv4 next hop. IPv4 by an IPv6 router is something that kernels learned with
        5.2 and that ip writes differently ("via inet6"); lvsgen does not make such routes.`,
      fix: `
        Name the router's address of the network's family.`,
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
          message: `${route.to} is IPv${cidr.family}, and the next hop ${route.via} is IPv${familyOf(via)}`,
          hint: `name the router's IPv${cidr.family} address`,
        };
      }),
  },
  {
    code: "LVS108",
    name: "a route's network is written without host bits",
    severity: "warning",
    explain: {
      what: `
        The "to" of a route is an address inside the network that its prefix length makes, not the network's first.`,
      why: `
        ip refuses such a text ("Invalid argument"). lvsgen takes the network around it, which may be far more than
        was meant: 10.0.0.5/8 is 16 million addresses, not one host.`,
      fix: `
        Write the network as the hint has it, or /32 (IPv6: /128) for the single host.`,
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
          message: `${route.to} is an address inside ${first}/${cidr.prefix}, and the whole of that network is routed`,
          hint: `write ${first}/${cidr.prefix}, or ${cidr.ip}/${cidr.family === 4 ? 32 : 128} for the one host`,
        };
      }),
  },
];

interface PlacedRoute {
  readonly host: Host;
  readonly route: NonNullable<HostInput["routes"]>[number];
  readonly pointer: string;
}

/** Routes as written; those that all hosts inherit are looked at for each, and told once. */
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
