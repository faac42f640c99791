/** Rules about the addresses of hosts and virtual services. */

import {
  addressKind,
  broadcast,
  type Cidr,
  canonicalIp,
  inSubnet,
  network,
  parseCidr,
} from "../addresses.ts";
import type { Problem } from "../diagnostics.ts";
import { pointerOf } from "../json-pointer.ts";
import { placedAddresses } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

interface Used {
  readonly pointer: string;
  /** "pi1's address", "the VIP of web": for sentences. */
  readonly what: string;
  readonly ip: string;
  /** Its own subnet, or those of the directors where it has none. */
  readonly subnets: readonly Cidr[];
}

export const addressRules: readonly Rule[] = [
  {
    code: "LVS110",
    name: "no two hosts have the same address",
    severity: "error",
    explain: {
      what: `
        One address is written for two interfaces, of one host or of two.`,
      why: `
        Both machines answer ARP for it. Whoever asked keeps the answer that came last, so that packets for one host
        reach the other by turns: connections reset, ssh warns of a changed host key, and the director sends one
        real server's share to the other. A host that configures the second copy may also refuse it, where its network
        manager looks for duplicates first (RFC 5227).`,
      fix: `
        Give each interface an address of its own. Where the two names mean one machine, write it as one host with
        several interfaces.`,
      wrong: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 } }
          pi3: { interfaces: { eth0: 192.168.1.107/24 } }`,
      right: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 } }
          pi3: { interfaces: { eth0: 192.168.1.108/24 } }`,
    },
    check: (context) => {
      const owners = new Map<string, Used>();
      return hostAddresses(context).flatMap((used) => {
        const owner = owners.get(used.ip);
        if (owner === undefined) {
          owners.set(used.ip, used);
          return [];
        }
        return {
          pointer: used.pointer,
          message: `${used.ip} is ${owner.what} already (${owner.pointer})`,
          hint: "every address belongs to one interface of one host",
        };
      });
    },
  },
  {
    code: "LVS111",
    name: "no host and no virtual service has its subnet's network or broadcast address",
    severity: "error",
    check: (context) => allAddresses(context).flatMap((used) => reservedIn(used) ?? []),
  },
  {
    code: "LVS112",
    name: "every address is one that a single host can have",
    severity: "error",
    check: (context) =>
      allAddresses(context).flatMap(({ pointer, what, ip }) => {
        const kind = addressKind(ip);
        if (kind === "ordinary") return [];
        return {
          pointer,
          message: `${ip} is a ${kind} address, and cannot be ${what}`,
          hint: "use an address of the hosts' network",
        };
      }),
  },
  {
    code: "LVS113",
    name: "no interface is called lo, all or default",
    severity: "error",
    check: ({ hosts }) =>
      hosts.flatMap(({ value, pointer }) =>
        Object.keys(value.interfaces ?? {})
          .filter((name) => reservedInterfaces.has(name))
          .map((name) => ({
            pointer: pointer + pointerOf("interfaces", name),
            message: `${JSON.stringify(name)} is no interface for a host's own address`,
            hint:
              name === "lo"
                ? "lo is where real servers carry VIPs, and lvsgen puts them there: name the network interface"
                : `the kernel keeps net.ipv4.conf.${name} for itself: name the network interface`,
          })),
      ),
  },
  {
    code: "LVS132",
    name: "a VIP is no host's and no real server's own address",
    severity: "error",
    check: (context) => {
      const own = [...unmanagedAddresses(context), ...hostAddresses(context)];
      const owners = new Map(own.map((used) => [used.ip, used]));
      return serviceAddresses(context).flatMap(({ pointer, ip }) => {
        const owner = owners.get(ip);
        if (owner === undefined) return [];
        return {
          pointer,
          message: `the VIP ${ip} is ${owner.what} (${owner.pointer})`,
          hint: "give the service an address that no machine has",
        };
      });
    },
  },
];

const reservedInterfaces: ReadonlySet<string> = new Set(["lo", "all", "default"]);

function allAddresses(context: RuleContext): Used[] {
  return [...hostAddresses(context), ...serviceAddresses(context), ...unmanagedAddresses(context)];
}

function hostAddresses({ hosts }: RuleContext): Used[] {
  return hosts.flatMap((host) =>
    placedAddresses(host).flatMap(({ value, pointer, interface: name }) => {
      const cidr = parseCidr(value);
      return cidr === null
        ? []
        : { pointer, what: `${host.name}'s address on ${name}`, ip: cidr.ip, subnets: [cidr] };
    }),
  );
}

function serviceAddresses({ services, cluster }: RuleContext): Used[] {
  const subnets = directorSubnets(cluster);
  return services.flatMap(({ value, pointer }) => {
    const ip = canonicalIp(value.vip);
    return ip === null ? [] : { pointer: `${pointer}/vip`, what: `the VIP of ${value.name}`, ip, subnets };
  });
}

function unmanagedAddresses({ services, cluster }: RuleContext): Used[] {
  const subnets = directorSubnets(cluster);
  return services.flatMap(({ servers }) =>
    servers.flatMap(({ value, pointer }) => {
      const ip = value.host === undefined && value.address !== undefined ? canonicalIp(value.address) : null;
      return ip === null
        ? []
        : { pointer: `${pointer}/address`, what: "a real server's address", ip, subnets };
    }),
  );
}

function directorSubnets({ directors, hosts }: RuleContext["cluster"]): Cidr[] {
  return directors.hosts.flatMap((name) => hosts.get(name)?.addresses ?? []);
}

/** IPv4 alone: IPv6 has no broadcast; /31 (RFC 3021) and /32 have neither. */
function reservedIn({ pointer, what, ip, subnets }: Used): Problem | null {
  for (const subnet of subnets) {
    if (subnet.family !== 4 || subnet.prefix >= 31 || !inSubnet(ip, subnet)) continue;
    const first = network(subnet.ip, subnet.prefix);
    const last = broadcast(subnet.ip, subnet.prefix);
    if (ip !== first && ip !== last) continue;
    return {
      pointer,
      message: `${ip} is the ${ip === first ? "network" : "broadcast"} address of ${first}/${subnet.prefix}, and cannot be ${what}`,
      hint: `use an address between ${first} and ${last}`,
    };
  }
  return null;
}
