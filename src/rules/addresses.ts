/** Rules about the addresses of hosts and virtual services. */

import { pointerOf } from "../base/json-pointer.ts";
import { inLanguage, say } from "../languages/say.ts";
import {
  addressKind,
  broadcast,
  type Cidr,
  canonicalIp,
  isLinkLocal,
  network,
  parseCidr,
} from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import { subnetsOf } from "../topology/subnets.ts";
import { everyResolved } from "./every-server.ts";
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
    name: "duplicate address",
    severity: "error",
    explain: {
      what: `
        One address is written for two interfaces, of one host or of two.`,
      why: `
        Both machines answer ARP for it, and every neighbour keeps one of the answers until it asks again. Packets for
        one host sometimes reach the other: connections are reset, ssh warns of a changed host key, and the director
        sends one real server's share to the other. A network manager that looks for duplicates first (RFC 5227) refuses
        the second copy, so that the host comes up without its address.`,
      fix: `
        Give each interface an address of its own. Where both names mean one machine, write it as one host with
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
          message: say`duplicate address ${used.ip}: it is ${owner.what} already`,
          other: owner.pointer,
          hint: say`give each interface an address of its own`,
        };
      });
    },
  },
  {
    code: "LVS111",
    name: "network or broadcast address given to a host or a service",
    severity: "error",
    explain: {
      what: `
        A host, a VIP, a real server or a BGP neighbor has the first or the last address of an IPv4 subnet: of its own subnet if it has
        one, otherwise of a director's. /31 and /32 have no such addresses.`,
      why: `
        The last address is the broadcast address: neighbours send packets for it to everybody instead of asking ARP who
        has it, and TCP answers no broadcast. The first one names the subnet, and Linux before 5.14 treats it as a
        broadcast address too. The address can be added without an error, but nobody can connect to it.`,
      fix: `
        Use an address between the two. Where the address looks right, the prefix length is wrong: 192.168.1.255 is an
        ordinary address in a /16.`,
      wrong: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.255/24 } }
        virtualServices:
          - name: web
            vip: 192.168.1.0`,
      right: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 } }
        virtualServices:
          - name: web
            vip: 192.168.1.200`,
    },
    check: (context) => allAddresses(context).flatMap((used) => reservedIn(used) ?? []),
  },
  {
    code: "LVS112",
    name: "address that no single host can have",
    severity: "error",
    explain: {
      what: `
        A host, a VIP, a real server or a BGP neighbor has a loopback, multicast, unspecified or reserved address.`,
      why: `
        The kernel refuses a real server with a multicast address ("address not unicast"), and ipvsadm -R goes on with
        its other lines and exits as the last of them did, so that this server is missing without an error. It accepts a
        loopback address: 127.0.0.2 as a real server is the director itself. Between hosts, packets with loopback
        addresses are dropped as martians, and many routers drop reserved ones.`,
      fix: `
        Use an address of the hosts' network.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { address: 224.0.0.81 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { address: 192.168.1.50 }`,
    },
    check: (context) =>
      allAddresses(context).flatMap(({ pointer, what, ip }) => {
        const kind = addressKind(ip);
        if (kind === "ordinary") return [];
        return {
          pointer,
          message: say`${ip} is a ${inLanguage(kind)} address and cannot be ${what}`,
          hint: say`use an address of the hosts' network`,
        };
      }),
  },
  {
    code: "LVS113",
    name: "reserved interface name",
    severity: "error",
    explain: {
      what: `
        A host's own address is listed under the interface lo, all or default.`,
      why: `
        Real servers carry the VIP on lo, where lvsgen puts it with a mask of 32 bits and takes it off again; the
        host's own address belongs to the interface whose cable it answers on, as ARP, the route to the subnet and the
        check of the VIP's interface hang on that. No interface can be called all or default: net.ipv4.conf.all and
        net.ipv4.conf.default are the kernel's, so that a sysctl for that interface would change every interface.`,
      fix: `
        Name the network interface, as "ip -br address" shows it on the host: eth0, ens33, wlan0. Leave the VIP out of
        "interfaces" altogether.`,
      wrong: `
        hosts:
          pi3: { interfaces: { lo: 192.168.1.108/24 } }`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: 192.168.1.108/24 } }`,
    },
    check: ({ hosts }) =>
      hosts.flatMap(({ value, pointer }) =>
        Object.keys(value.interfaces ?? {})
          .filter((name) => reservedInterfaces.has(name))
          .map((name) => ({
            pointer: pointer + pointerOf("interfaces", name),
            message: say`${JSON.stringify(name)} is not an interface for a host's own address`,
            hint:
              name === "lo"
                ? say`name the network interface: lvsgen itself puts VIPs on lo`
                : say`name the network interface: the kernel reserves net.ipv4.conf.${name}`,
          })),
      ),
  },
  {
    code: "LVS114",
    name: "link-local VIP or real server",
    severity: "error",
    explain: {
      what: `
        A VIP or a real server's address is link-local: fe80::/10, or 169.254.0.0/16.`,
      why: `
        Every segment has the same link-local network, so that such an address needs an interface to mean anything. IPVS
        cannot store one: ipvsadm takes no "%eth0", the kernel refuses an IPv6 real server of that kind ("Invalid
        argument"), and routers forward no client's packet to such a VIP. IPv4 hosts give themselves such an address
        when no DHCP server answers.`,
      fix: `
        Use a global address or a private one (fd00::/8, 10.0.0.0/8, 192.168.0.0/16). A host that has both may list
        both: lvsgen takes the one in the director's subnet.`,
      wrong: `
        virtualServices:
          - name: web
            vip: 169.254.1.200
            interface: eth0`,
      right: `
        virtualServices:
          - name: web
            vip: 192.168.1.200
            interface: eth0`,
    },
    // ip_vs_new_dest: IPV6_ADDR_LINKLOCAL is -EINVAL unless local (net/netfilter/ipvs/ip_vs_ctl.c).
    check: (context) => [
      ...serviceAddresses(context).flatMap((used) => linkLocal(used) ?? []),
      ...everyResolved(context.cluster, ({ address, host, pointer }) =>
        linkLocal({
          pointer: `${pointer}/${host === null ? "address" : "host"}`,
          what: host === null ? say`the address of a real server` : say`the address of ${host}`,
          ip: address,
        }),
      ),
    ],
  },
  {
    code: "LVS132",
    name: "VIP that is a machine's own address",
    severity: "error",
    explain: {
      what: `
        A virtual service's VIP is also an address of a host's interface, or of an unmanaged real server.`,
      why: `
        A VIP comes and goes: start adds it, stop takes it off, and a failover moves it. A host's own address must
        stay. With one address for both, two machines answer ARP for it, and the host cannot be reached under its own
        address any more, by ssh either, as its packets end at the director.`,
      fix: `
        Give the service an address of the same subnet that no machine has and that no DHCP server hands out.`,
      wrong: `
        virtualServices:
          - name: web
            vip: 192.168.1.108`,
      right: `
        virtualServices:
          - name: web
            vip: 192.168.1.109`,
    },
    check: (context) => {
      const own = [...unmanagedAddresses(context), ...hostAddresses(context)];
      const owners = new Map(own.map((used) => [used.ip, used]));
      return serviceAddresses(context).flatMap(({ pointer, ip }) => {
        const owner = owners.get(ip);
        if (owner === undefined) return [];
        return {
          pointer,
          message: say`the VIP ${ip} is ${owner.what}`,
          other: owner.pointer,
          hint: say`give the service an address that no machine has`,
        };
      });
    },
  },
];

const reservedInterfaces: ReadonlySet<string> = new Set(["lo", "all", "default"]);

function allAddresses(context: RuleContext): Used[] {
  return [
    ...hostAddresses(context),
    ...serviceAddresses(context),
    ...unmanagedAddresses(context),
    ...neighborAddresses(context),
  ];
}

/** Listed once for all rules. */
const addressesOfHosts = new WeakMap<RuleContext, readonly Used[]>();

function hostAddresses(context: RuleContext): readonly Used[] {
  const known = addressesOfHosts.get(context) ?? listHostAddresses(context);
  addressesOfHosts.set(context, known);
  return known;
}

function listHostAddresses({ hosts }: RuleContext): Used[] {
  return hosts.flatMap((host) =>
    placedAddresses(host).flatMap(({ value, pointer, interface: name }) => {
      const cidr = parseCidr(value);
      return cidr === null
        ? []
        : { pointer, what: say`${host.name}'s address on ${name}`, ip: cidr.ip, subnets: [cidr] };
    }),
  );
}

function serviceAddresses({ services, cluster }: RuleContext): Used[] {
  const subnets = directorSubnets(cluster);
  return services.flatMap(({ value, pointer }) => {
    const ip = canonicalIp(value.vip);
    return ip === null ? [] : { pointer: `${pointer}/vip`, what: say`the VIP of ${value.name}`, ip, subnets };
  });
}

function unmanagedAddresses({ services, cluster }: RuleContext): Used[] {
  const subnets = directorSubnets(cluster);
  return services.flatMap(({ servers }) =>
    servers.flatMap(({ value, pointer }) => {
      const ip = value.host === undefined && value.address !== undefined ? canonicalIp(value.address) : null;
      return ip === null
        ? []
        : { pointer: `${pointer}/address`, what: say`a real server's address`, ip, subnets };
    }),
  );
}

function neighborAddresses({ cluster }: RuleContext): Used[] {
  const subnets = directorSubnets(cluster);
  return (cluster.directors.announce?.neighbors ?? []).map(({ address, pointer }) => ({
    pointer: `${pointer}/address`,
    what: say`a BGP neighbor's address`,
    ip: address,
    subnets,
  }));
}

function linkLocal({ pointer, what, ip }: Omit<Used, "subnets">): Problem | null {
  if (!isLinkLocal(ip)) return null;
  return {
    pointer,
    message: say`${ip} is a link-local address and cannot be ${what}`,
    hint: say`use a global or a private address`,
  };
}

function directorSubnets({ directors, hosts }: RuleContext["cluster"]): Cidr[] {
  return directors.hosts.flatMap((name) => hosts.get(name)?.addresses ?? []);
}

/** IPv4 alone: IPv6 has no broadcast; /31 (RFC 3021) and /32 have neither. */
function reservedIn({ pointer, what, ip, subnets }: Used): Problem | null {
  for (const subnet of subnetsOf(subnets).all(ip)) {
    if (subnet.family !== 4 || subnet.prefix >= 31) continue;
    const first = network(subnet.ip, subnet.prefix);
    const last = broadcast(subnet.ip, subnet.prefix);
    if (ip !== first && ip !== last) continue;
    return {
      pointer,
      message:
        ip === first
          ? say`${ip} is the network address of ${first}/${subnet.prefix} and cannot be ${what}`
          : say`${ip} is the broadcast address of ${first}/${subnet.prefix} and cannot be ${what}`,
      hint: say`use an address between ${first} and ${last}`,
    };
  }
  return null;
}
