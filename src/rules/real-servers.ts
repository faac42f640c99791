/** Rules about who the real servers are. */

import { listed } from "../base/counted.ts";
import { pointerOf } from "../base/json-pointer.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import { canonicalIp, familyOf } from "../topology/addresses.ts";
import type { FoundProblem, Problem } from "../topology/diagnostics.ts";
import type { RealServer, VirtualService } from "../topology/model.ts";
import { everyResolved, everyServer } from "./every-server.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const realServerRules: readonly Rule[] = [
  {
    code: "LVS150",
    name: "real server without host or address",
    severity: "error",
    explain: {
      what: `
        An entry of realServers has neither "host" nor "address".`,
      why: `
        The director has no address to send connections to. Most likely the entry is half of a longer one, or its key is
        indented wrongly.`,
      fix: `
        Set "host" to one of the hosts, which then gets an lvs_rs.sh, or "address" to a machine that lvsgen does not set
        up.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { weight: 1 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { address: 192.168.1.50, weight: 1 }`,
    },
    check: ({ services, intact }) =>
      everyServer(services, ({ value, pointer }) =>
        value.host === undefined &&
        value.address === undefined &&
        intact(`${pointer}/host`) &&
        intact(`${pointer}/address`)
          ? {
              pointer: `${pointer}/host`,
              message: say`the real server has neither host nor address`,
              hint: say`add "host" for one of the hosts, or "address" for a machine that lvsgen does not set up`,
            }
          : null,
      ),
  },
  {
    code: "LVS151",
    name: "unknown real server",
    severity: "error",
    explain: {
      what: `
        A real server's "host" is not one of the hosts.`,
      why: `
        Its address is unknown, so that no director can send it anything, and no host would get an lvs_rs.sh under that
        name.`,
      fix: `
        Correct the name, add the host, or give "address" for a machine that lvsgen does not set up.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi33 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3 }`,
    },
    check: ({ services, hostNames, isHost }) =>
      everyServer(services, ({ value: { host }, pointer }) =>
        host === undefined || isHost(host)
          ? null
          : {
              pointer: `${pointer}/host`,
              message: say`unknown host ${JSON.stringify(host)}`,
              hint: suggestion(host, hostNames, say`the hosts are`),
            },
      ),
  },
  {
    code: "LVS152",
    name: "address that the real server's host does not have",
    severity: "error",
    explain: {
      what: `
        A real server names a host and an address, and the host does not have that address.`,
      why: `
        The director sends that server's share to an address where nothing answers. IPVS does not check its real
        servers: with rr and two servers every other connection hangs until the client gives up, while ipvsadm shows
        both with their weights. One wrong digit, .208 for .108, loses half of all requests.`,
      fix: `
        Remove "address": lvsgen takes the host's address in the director's subnet. Set it only to choose among several
        addresses of the host.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3, address: 192.168.1.208 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3, address: 192.168.1.108 }`,
    },
    check: ({ services, cluster, intact }) =>
      everyServer(services, ({ value: { host: name, address }, pointer }) => {
        const host = name === undefined ? undefined : cluster.hosts.get(name);
        if (host === undefined || address === undefined || !intact(pointerOf("hosts", host.name)))
          return null;
        const asked = canonicalIp(address);
        if (host.addresses.some(({ ip }) => ip === asked)) return null;
        return {
          pointer: `${pointer}/address`,
          message: say`${host.name} does not have the address ${address}`,
          hint: say`remove "address", or choose one of ${listed(host.addresses.map(({ ip }) => ip))}`,
        };
      }),
  },
  {
    code: "LVS153",
    name: "duplicate real server",
    severity: "error",
    explain: {
      what: `
        A service lists one address and port twice among its real servers.`,
      why: `
        The kernel knows a real server of a service by address and port, and keeps one entry: the second "ipvsadm -a"
        fails with "Destination already exists". Two entries do not give a double share, and the order of the lines
        decides which weight counts.`,
      fix: `
        Keep one of the two. For a greater share give it a greater weight, with a scheduler that uses weights.`,
      wrong: `
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }, { host: pi2 }]`,
      right: `
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }, { host: pi3 }]`,
    },
    check: ({ cluster }) => cluster.services.flatMap(doubled),
  },
  {
    code: "LVS158",
    name: "managed host given by its address",
    severity: "warning",
    explain: {
      what: `
        A real server is given by "address", and that is the address of one of the hosts.`,
      why: `
        "address" means a machine that lvsgen does not set up. The director sends it packets, but it gets no lvs_rs.sh.
        With dr and tun it has no VIP and drops the packets, and without the ARP sysctls it would answer ARP for a VIP
        added by hand and attract the clients. With nat it has no return path through the director, and clients reset
        its answers.`,
      fix: `
        Write "host" with its name. Keep "address" only if the host is set up as a real server by other means; as a
        warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { address: 192.168.1.108 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3 }`,
    },
    check: ({ cluster, intact }) => {
      const owners = new Map(
        [...cluster.hosts.values()].flatMap((host) => host.addresses.map(({ ip }) => [ip, host] as const)),
      );
      return everyResolved(cluster, ({ host, address, pointer }) => {
        const owner = host === null && intact(`${pointer}/host`) ? owners.get(address) : undefined;
        if (owner === undefined) return null;
        return {
          pointer: `${pointer}/address`,
          message: say`${address} is the host ${owner.name}, which gets no lvs_rs.sh this way`,
          hint: say`write "host": "${owner.name}" instead, unless it is set up by other means`,
        };
      });
    },
  },
  {
    code: "LVS159",
    name: "real server without an address of the VIP's family",
    severity: "error",
    explain: {
      what: `
        A real server reached by dr or nat has an IPv6 address and its VIP an IPv4 one, or the other way round: either
        its host has no address of the VIP's family, or "address" names one of the other family.`,
      why: `
        dr sends the client's own packet to the server's MAC address, and nat rewrites addresses within one family:
        neither turns IPv4 into IPv6. The kernel takes a server of the other family only for tunnels ("Different
        address family is allowed only for tunneling servers").`,
      fix: `
        Add an address of that family to the host's interfaces. Several addresses of one interface are a list.`,
      wrong: `
        hosts:
          pi3: { interfaces: { eth0: "fd00::108/64" } }`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: ["fd00::108/64", 192.168.1.108/24] } }`,
    },
    check: (context) => [
      ...everyResolved(context.cluster, (server, service) => otherFamily(context, server, service)),
      ...familyMissing(context),
    ],
  },
];

/** "address" is of the other family. */
function otherFamily(
  { intact }: RuleContext,
  { address, forwarding, pointer }: RealServer,
  { vip, family, pointer: place }: VirtualService,
): Problem | null {
  if (forwarding === "tun" || familyOf(address) === family) return null;
  if (!intact(`${pointer}/forwarding`) || !intact(`${place}/forwarding`)) return null;
  return {
    pointer: `${pointer}/address`,
    message: say`${address} is IPv${familyOf(address)}, and the VIP ${vip} is IPv${family}: ${forwarding} needs addresses of one family`,
    hint: say`give an IPv${family} address, or use forwarding "tun"`,
  };
}

/** No address of the host is of the VIP's family, so that none could be chosen. */
function familyMissing({ services: placed, cluster, intact }: RuleContext): Problem[] {
  const services = new Map(cluster.services.map((service) => [service.pointer, service]));
  return placed.flatMap(({ value: input, pointer: place, servers }) => {
    const service = services.get(place);
    if (service === undefined) return [];
    return servers.flatMap(({ value, pointer }) => {
      const host = value.host === undefined ? undefined : cluster.hosts.get(value.host);
      const has = host?.addresses.some(({ family }) => family === service.family) ?? true;
      const tunnelled = (value.forwarding ?? input.forwarding) === "tun";
      if (has || tunnelled || value.address !== undefined || !intact(pointerOf("hosts", host?.name ?? "")))
        return [];
      return {
        pointer: `${pointer}/host`,
        message: say`${value.host} has no IPv${service.family} address for the VIP ${service.vip}`,
        hint: say`add one to its interfaces`,
      };
    });
  });
}

function doubled({ realServers, name }: VirtualService): FoundProblem[] {
  const seen = new Map<string, RealServer>();
  return realServers.flatMap((server) => {
    const { address, port, pointer, host } = server;
    const key = `${address} ${port}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, server);
      return [];
    }
    // Two hosts with one address: that is said of the hosts.
    if (first.host !== null && host !== null && first.host !== host) return [];
    return {
      pointer: `${pointer}/${host === null ? "address" : "host"}`,
      message: say`duplicate real server ${host ?? address} (${address} port ${port}) in ${name}`,
      other: first.pointer,
      hint: say`keep one of the two; for a greater share raise its weight`,
    };
  });
}
